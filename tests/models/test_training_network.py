"""Network, optimiser, trainer, export and the lent machine of the training recipe: these need torch."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch comes with the training extra")

from models.packages import PackageStore  # noqa: E402
from models.training.alignment import Links, pack_links  # noqa: E402
from models.training.arrays import PairArrays  # noqa: E402
from models.training.checkpoints import Checkpoint, load_checkpoint, mixed, our_name  # noqa: E402
from models.training.export import export_model, make_export  # noqa: E402
from models.training.extras import TrainingError  # noqa: E402
from models.training.gold import read_gold, unit_links  # noqa: E402
from models.training.growing import widened  # noqa: E402
from models.training.leasing import _start  # noqa: E402
from models.training.measure import alignment_error  # noqa: E402
from models.training.network import Network, thinned  # noqa: E402
from models.training.optimiser import Optimisers, hidden_matrices, orthogonal  # noqa: E402
from models.training.package import Advice, Trained, make_package, metadata  # noqa: E402
from models.training.quantised import pack_weights, unpack_weights  # noqa: E402
from models.training.rows import Row  # noqa: E402
from models.training.runs import latest, train  # noqa: E402
from models.training.settings import Guide, Optimiser, Sampling, Shape, TrainingSettings  # noqa: E402
from models.training.terms import count_lemmas  # noqa: E402
from models.training.units import Vocabulary  # noqa: E402
from models.training.variables import parameters, read_variables  # noqa: E402
from models.training.vocabulary import END, START, encode_rows  # noqa: E402
from models.translation import Translator  # noqa: E402
from tests.models.packages_help import embedded_archive, embedded_vocabulary  # noqa: E402

GOLD = Path(__file__).resolve().parent / "gold" / "alignment.tsv"
SHAPE = Shape(width=32, heads=4, inner=64, encoder=2, decoder=2)
SETTINGS = TrainingSettings(
    model=SHAPE,
    optimiser=Optimiser(muon=0.01, adam=0.01, warmup=5, batch=600, loss_rows=100, ema=0.9),
    guide=Guide(0.5, 0.5, 1e6),
    data=Sampling(annotated=0.2, disturbed=0.1, sampled=0.1, curriculum=((24, 3000.0),)),
    log_every=10,
    dev_every=10,
)
SENTENCES = (
    "Der Bundestag hat das Gesetz beschlossen.",
    "Die Haushaltssperre gilt ab sofort, sagte der Minister am Freitag in Berlin.",
    "Nein.",
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return embedded_vocabulary(tmp_path_factory.mktemp("spm"))


@pytest.fixture(scope="module")
def data(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the steps before training leave, made of the gold set."""
    folder = tmp_path_factory.mktemp("data")
    vocabulary, gold = Vocabulary(model), read_gold(GOLD)
    arrays = encode_rows([Row("news", "gold", g.german, g.english) for g in gold], vocabulary)
    links: list[Links] = []
    for index, pair in enumerate(gold):
        german = vocabulary.units.texts(arrays.source_ids(index))
        english = vocabulary.units.texts(arrays.target_ids(index))
        every = [(s, t) for s in range(len(german)) for t in range(len(english))]
        links.append(frozenset(one for one in every if unit_links(pair, german, english, [one]) & pair.links))
    linked = PairArrays(arrays.source, arrays.target, arrays.group, arrays.groups, pack_links(links))
    linked.save(folder / "train")
    arrays.take(np.arange(20)).save(folder / "eval-newstest2018")
    (folder / "spm.model").write_bytes(model.read_bytes())
    count_lemmas(linked, vocabulary).save(folder / "lemmas.json")
    return folder


def checkpoint_of(network: Network) -> Checkpoint:
    weights = {name: value.detach().clone() for name, value in network.state_dict().items()}
    return Checkpoint(network.shape, weights, weights)


def random_network(vocabulary: int) -> Network:
    """A network whose weights are all random, biases and norms included, and far enough from nought."""
    torch.manual_seed(3)
    network = Network(SHAPE, vocabulary)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    network.eval()
    return network


# The network


def test_padding_and_later_words_change_nothing() -> None:
    network = random_network(50)
    source = torch.tensor([[5, 6, 7, END], [5, 6, END, 0]])
    target = torch.tensor([[START, 8, 9, 10], [START, 8, 9, 10]])
    alone, _ = network.decode(target[1:], *network.encode(source[1:, :3]))
    together, _ = network.decode(target, *network.encode(source))
    assert torch.allclose(alone[0], together[1], atol=1e-5)
    other = target.clone()
    other[:, 3] = 20
    changed, _ = network.decode(other, *network.encode(source))
    assert torch.allclose(changed[:, :3], together[:, :3], atol=1e-5)
    assert not torch.allclose(changed[:, 3], together[:, 3], atol=1e-3)


def test_the_loss_is_cross_entropy_and_the_guide_that_of_the_links() -> None:
    network = random_network(50)
    network.loss_rows = 2
    source = torch.tensor([[5, 6, 7, END], [5, 6, END, 0]])
    target_in = torch.tensor([[START, 8, 9], [START, 8, 0]])
    target_out = torch.tensor([[8, 9, END], [8, END, 0]])
    links = torch.tensor([[0, 0, 1], [0, 0, 2], [1, 0, 0]])
    memory, mask = network.encode(source)
    hidden, looks = network.decode(target_in, memory, mask, align=True)
    scores = torch.log_softmax(network.scores(hidden), -1)
    wanted = -sum(scores[r, c, target_out[r, c]] for r in range(2) for c in range(3) if target_out[r, c])
    total, guide = network.loss(source, target_in, target_out, 0.0, links, 1.0)
    assert float(total.detach()) == pytest.approx(float(wanted.detach()), abs=1e-4)
    shares = looks.exp()
    expected = -(torch.log(shares[0, 0, 1] + shares[0, 0, 2]) + torch.log(shares[1, 0, 0])) / 2
    assert float(guide.detach()) == pytest.approx(float(expected.detach()), abs=1e-4)
    total, guide = network.loss(source, target_in, target_out, 0.0)
    assert float(guide.detach()) == 0


def test_halved_products_give_nearly_the_same_loss_and_gradients() -> None:
    whole = random_network(60)
    half = Network(SHAPE, 60, half=True)
    half.load_state_dict(whole.state_dict())
    source, target = torch.randint(4, 60, (2, 5, 9))
    losses = []
    for network in (whole, half):
        loss, _ = network.train().loss(source, target, target.roll(1), 0.1)
        loss.backward()
        losses.append(float(loss.detach()))
    assert losses[0] != losses[1], "the products were not made in bfloat16"
    assert losses[1] == pytest.approx(losses[0], rel=0.01)
    for (name, one), other in zip(whole.named_parameters(), half.parameters(), strict=True):
        away = (one.grad - other.grad).norm() / one.grad.norm()
        assert away < 0.15, f"{name} is {away:.3f} away"
    with torch.no_grad():
        exact = [network.eval().loss(source, target, target.roll(1), 0.1)[0] for network in (whole, half)]
    assert exact[0] == exact[1], "measured and exported in full precision"


def test_dropout_is_alike_at_all_positions_of_a_pair_and_keeps_the_mean() -> None:
    torch.manual_seed(1)
    x = torch.ones(200, 3, 50)

    thin = thinned(x, 0.25, training=True)

    assert sorted(set(thin.flatten().tolist())) == [0.0, pytest.approx(1 / 0.75)]
    assert (thin == thin[:, :1]).all(), "the positions of a pair share their mask"
    assert not (thin == thin[:1]).all(), "the pairs do not"
    assert float(thin.mean()) == pytest.approx(1.0, abs=0.02)
    assert thinned(x, 0.25, training=False) is x
    assert thinned(x, 0.0, training=True) is x


def test_muon_makes_updates_orthogonal() -> None:
    torch.manual_seed(1)
    # Of square ones the least values are too near to nought for five rounds.
    for shape in ((16, 48), (48, 16), (24, 32)):
        values = torch.linalg.svdvals(orthogonal(torch.randn((2, *shape))))
        assert 0.5 < float(values.min()) < float(values.max()) < 1.3
    network = Network(SHAPE, 50)
    optimisers = Optimisers(network, Optimiser())
    before = {name: value.clone() for name, value in network.named_parameters()}
    for parameter in network.parameters():
        parameter.grad = torch.randn_like(parameter)
    optimisers.step(1.0)
    for name, _ in hidden_matrices(network):
        change = (dict(network.named_parameters())[name] - before[name]).detach()
        # AdamW's size: about 0.2 times the rate.
        assert 0.15 < float(change.pow(2).mean().sqrt()) / Optimiser().muon < 0.25, name


# Checkpoints


def test_names_of_the_reference_script() -> None:
    assert our_name("dec.1.ca.kv.weight") == "decoder.1.cross.kv.weight"
    names = {
        *("emb.weight", "en.weight", "en.bias", "dn.weight", "dn.bias"),
        *(f"enc.{i}.{n}" for i in range(2) for n in _parts("n1", "sa.qkv", "sa.o", "n2", "ff.a", "ff.b")),
        *(
            f"dec.{i}.{n}"
            for i in range(2)
            for n in _parts("n1", "sa.qkv", "sa.o", "n2", "ca.q", "ca.kv", "ca.o", "n3", "ff.a", "ff.b")
        ),
    }
    assert {our_name(name) for name in names} == {name for name, _ in Network(SHAPE, 9).named_parameters()}


def _parts(*names: str) -> list[str]:
    return [f"{name}.{kind}" for name in names for kind in ("weight", "bias")]


def test_a_checkpoint_of_the_reference_script_is_gone_on_from(
    data: Path, model: Path, tmp_path: Path
) -> None:
    vocabulary = len(Vocabulary(model))
    network = random_network(vocabulary)
    theirs = {our_name(name): name for name in _reference_names()}
    values: dict[str, Any] = {
        "model": {theirs[name]: value for name, value in network.state_dict().items()},
        "cfg": {
            "d": 32,
            "heads": 4,
            "ffn": 64,
            "enc": 2,
            "dec": 2,
            "V": vocabulary,
            "dropout": 0.0,
            "warmup": 7,
        },
        "tokens": 12345,
        "muon": {theirs[name]: torch.ones_like(value) for name, value in hidden_matrices(network)},
        "adam": Optimisers(network, Optimiser()).adam.state_dict(),
    }
    torch.save(values, tmp_path / "reference.pt")
    read = load_checkpoint(tmp_path / "reference.pt")
    assert (read.shape, read.pieces, read.step) == (SHAPE, 12345, 7)
    assert all(torch.equal(read.weights[name], value) for name, value in network.state_dict().items())
    losses = train(
        data, tmp_path / "run", SETTINGS, 1, start=tmp_path / "reference.pt", device="cpu", steps=5
    )
    assert load_checkpoint(tmp_path / "run" / "last.pt").pieces > 12345
    assert np.isfinite(losses["newstest2018"])


def _reference_names() -> list[str]:
    layers: dict[str, tuple[str, ...]] = {}
    layers["enc"] = ("n1", "sa.qkv", "sa.o", "n2", "ff.a", "ff.b")
    layers["dec"] = ("n1", "sa.qkv", "sa.o", "n2", "ca.q", "ca.kv", "ca.o", "n3", "ff.a", "ff.b")
    inner = [f"{k}.{i}.{part}" for k, names in layers.items() for i in range(2) for part in _parts(*names)]
    return ["emb.weight", *_parts("en", "dn"), *inner]


def test_what_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pt").write_bytes(b"nothing")
    torch.save({"other": 1}, tmp_path / "b.pt")
    for name in ("a.pt", "b.pt"):
        with pytest.raises(TrainingError, match=name):
            load_checkpoint(tmp_path / name)


# Training


def test_training_learns_resumes_and_decays(data: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    first = train(data, run, SETTINGS, 1, device="cpu", steps=40)
    middle = load_checkpoint(run / "last.pt")
    assert middle.optimisers is not None
    second = train(data, run, SETTINGS, 1, 0.5, start=run / "last.pt", device="cpu", steps=60)
    assert second["newstest2018"] < first["newstest2018"] < np.log(8000)
    assert latest(run) == run / "stable.pt", "the state before the decay is where one goes on from"
    final = load_checkpoint(run / "final.pt")
    assert final.step > middle.step > 10
    assert final.optimisers is None
    records = [json.loads(line) for line in (run / "log.jsonl").read_text("utf-8").splitlines()]
    logged = [record for record in records if "guide" in record]
    assert logged[-1]["guide"] < logged[0]["guide"]
    assert logged[-1]["rate"] < 1
    assert [record["pieces"] for record in records] == sorted(record["pieces"] for record in records)


def test_a_checkpoint_of_another_vocabulary_is_refused(data: Path, tmp_path: Path) -> None:
    checkpoint_of(Network(SHAPE, 50)).save(tmp_path / "other.pt")
    with pytest.raises(TrainingError, match="vocabulary the checkpoint was trained with"):
        train(data, tmp_path / "run", SETTINGS, 0.01, start=tmp_path / "other.pt", device="cpu")


def test_training_with_plain_adam_and_worker_processes(data: Path, tmp_path: Path) -> None:
    settings = replace(SETTINGS, workers=2, optimiser=replace(SETTINGS.optimiser, plain_adam=True))
    losses = train(data, tmp_path / "run", settings, 1, device="cpu", steps=12)
    assert np.isfinite(losses["newstest2018_mean"])


# Export


@pytest.fixture(scope="module")
def exported(model: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Network, Path]:
    network = random_network(len(Vocabulary(model)))
    folder = tmp_path_factory.mktemp("export")
    export_model(checkpoint_of(network), model, folder, quantization=None)
    return network, folder


def test_ctranslate2_computes_what_torch_does(exported: tuple[Network, Path], model: Path) -> None:
    import ctranslate2

    network, folder = exported
    vocabulary = Vocabulary(model)
    translator = ctranslate2.Translator(str(folder / "model"), compute_type="float32", intra_threads=1)
    chance = np.random.default_rng(1)
    largest = 0.0
    for sentence in SENTENCES:
        ids = vocabulary.encode(sentence)
        wanted = chance.integers(4, len(vocabulary), len(ids) + 2).tolist()
        pieces, target = ([vocabulary.pieces[i] for i in row] for row in (ids, wanted))
        [scored] = translator.score_batch([pieces], [target])
        with torch.no_grad():
            memory, mask = network.encode(torch.tensor([[*ids, END]]))
            hidden, looks = network.decode(torch.tensor([[START, *wanted]]), memory, mask, align=True)
            logs = torch.log_softmax(network.scores(hidden), -1)[0]
        ours = [float(logs[i, number]) for i, number in enumerate([*wanted, END])]
        largest = max(largest, float(np.abs(np.array(ours) - np.array(scored.log_probs)).max()))
        [greedy] = translator.translate_batch(
            [pieces], beam_size=1, max_decoding_length=12, return_attention=True
        )
        written, attention = _greedy(network, ids, 12)
        assert greedy.hypotheses[0] == [vocabulary.pieces[i] for i in written]
        theirs = np.array(greedy.attention[0])[: len(written), : len(ids)]
        assert np.abs(theirs - attention[: len(written), : len(ids)]).max() < 1e-4, (
            "not head 0 of the last layer"
        )
        assert looks is not None
    assert largest < 1e-4
    print(f"largest difference of log-probabilities: {largest:.1e}")


def _greedy(network: Network, ids: list[int], most: int) -> tuple[list[int], Any]:
    with torch.no_grad():
        memory, mask = network.encode(torch.tensor([[*ids, END]]))
        written = [START]
        while len(written) <= most:
            hidden, looks = network.decode(torch.tensor([written]), memory, mask, align=True)
            best = int(network.scores(hidden)[0, -1].argmax())
            if best == END:
                break
            written.append(best)
        hidden, looks = network.decode(torch.tensor([written]), memory, mask, align=True)
    return written[1:], looks[0].exp().numpy()


def test_the_package_installs_and_translates(data: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    train(data, run, SETTINGS, 1, device="cpu", steps=12)
    make_export(run / "final.pt", data / "spm.model", tmp_path / "export")
    card = tmp_path / "card.md"
    card.write_text("# Model card\n", "utf-8")
    advice = Advice(longest=90, length_penalty=1.5)
    archive = make_package(tmp_path / "export", card, "9.8", tmp_path / "package", advice=advice)
    assert make_package(tmp_path / "export", card, "9.8", tmp_path / "package", advice=advice) == archive
    package = PackageStore(tmp_path / "store").install(archive)
    assert package.version == "9.8"
    assert json.loads((package.folder / "metadata.json").read_text("utf-8")) == metadata(
        "9.8", Trained(True, load_checkpoint(run / "final.pt").pieces), advice
    )
    assert (package.folder / "README.md").read_text("utf-8") == "# Model card\n"
    translator = Translator(package)
    assert translator.has_alignment_head
    assert [index for index, _ in translator.translate(SENTENCES)] == [0, 1, 2]
    found = alignment_error(package, GOLD)
    assert found.found > 100
    assert found.gold == sum(len(pair.links) for pair in read_gold(GOLD))


def test_training_goes_on_from_a_package(data: Path, model: Path, tmp_path: Path) -> None:
    """What is shipped is enough: its weights come back as they are in it, and count on."""
    train(data, tmp_path / "run", SETTINGS, 1, device="cpu", steps=3)
    make_export(tmp_path / "run" / "final.pt", model, tmp_path / "export")
    card = tmp_path / "card.md"
    card.write_text("x", "utf-8")
    archive = make_package(tmp_path / "export", card, "9.6", tmp_path / "package")
    before, after = load_checkpoint(tmp_path / "run" / "final.pt"), load_checkpoint(archive)
    assert (after.shape, after.step, after.pieces) == (before.shape, 0, before.pieces)
    assert after.pieces > 0
    assert after.weights.keys() == before.mean.keys()
    for name, value in before.mean.items():
        scale = value.abs().amax(-1, keepdim=True) / 127 if value.dim() == 2 else 1e-9
        assert ((after.weights[name] - value).abs() <= 0.51 * scale).all(), name
        assert (after.weights[name] != 0).any() or not (value != 0).any(), name
    export_model(after, model, tmp_path / "again", quantization=None)
    again = read_variables((tmp_path / "again" / "model" / "model.bin").read_bytes())
    for variable, name in parameters(after.shape).items():
        assert np.array_equal(again[variable], after.weights[name].numpy()), variable
    train(data, tmp_path / "next", SETTINGS, 1, start=archive, device="cpu", steps=2)
    assert load_checkpoint(tmp_path / "next" / "last.pt").pieces > after.pieces


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_packages_that_hold_no_weights_of_ours_are_refused(tmp_path: Path) -> None:
    good = _members(embedded_archive())
    [model] = [name for name in good if name.endswith("model.bin")]
    for content in (good[model][:-9], b"", b"\7" + good[model][1:], None):
        path = tmp_path / "broken.argosmodel"
        with zipfile.ZipFile(path, "w") as archive:
            for name, value in good.items():
                if name != model:
                    archive.writestr(name, value)
                elif content is not None:
                    archive.writestr(name, content)
        with pytest.raises(TrainingError, match="to go on from"):
            load_checkpoint(path)
    path.write_bytes(b"no archive")
    with pytest.raises(TrainingError, match="to go on from"):
        load_checkpoint(path)


def test_the_head_is_the_guided_one(data: Path, model: Path, tmp_path: Path) -> None:
    """After training on the gold set's own links the package's attention knows them by heart."""
    settings = replace(
        SETTINGS,
        model=replace(SHAPE, width=64, inner=128),
        data=Sampling(annotated=0.0, disturbed=0.0, curriculum=()),
        guide=Guide(2.0, 2.0, 1e9),
    )
    train(data, tmp_path / "run", settings, 1, 0.3, device="cpu", steps=150)
    export_model(load_checkpoint(tmp_path / "run" / "final.pt"), model, tmp_path / "export")
    card = tmp_path / "card.md"
    card.write_text("x", "utf-8")
    (tmp_path / "export" / "export.step.json").write_text("{}", "utf-8")
    archive = make_package(tmp_path / "export", card, "9.7", tmp_path)
    with_guide = alignment_error(PackageStore(tmp_path / "store").install(archive), GOLD)
    assert with_guide.error_rate < 0.35, with_guide


def test_a_wider_network_computes_the_same(model: Path, tmp_path: Path) -> None:
    small = checkpoint_of(random_network(len(Vocabulary(model))))
    wide = widened(small, 3 * SHAPE.inner)
    assert wide.shape == replace(SHAPE, inner=3 * SHAPE.inner)
    assert widened(small, SHAPE.inner) is small
    networks = [Network(state.shape, small.vocabulary) for state in (small, wide)]
    for network, state in zip(networks, (small, wide), strict=True):
        network.load_state_dict(state.weights)
        network.eval()
    source, target = torch.tensor([[5, 6, 7, 8]]), torch.tensor([[1, 9, 10, 11]])
    one, other = (network.loss(source, target, target, 0.0)[0].item() for network in networks)
    assert other == pytest.approx(one, rel=1e-5)
    # The new units can learn: something reaches what reads them.
    networks[1].train()
    networks[1].loss(source, target, target, 0.0)[0].backward()
    new = networks[1].encoder[0].feed.down.weight.grad[:, SHAPE.inner :]
    assert float(new.abs().sum()) > 0
    export_model(wide, model, tmp_path, quantization=None)


def test_two_checkpoints_are_mixed(model: Path, tmp_path: Path) -> None:
    size = len(Vocabulary(model))
    one, other = (checkpoint_of(Network(SHAPE, size)) for _ in range(2))
    name = next(iter(one.weights))
    both = mixed(one, other, 0.25)
    assert torch.allclose(both.weights[name], 0.75 * one.weights[name] + 0.25 * other.weights[name])
    assert torch.allclose(both.mean[name], 0.75 * one.mean[name] + 0.25 * other.mean[name])
    for number, state in enumerate((one, other, both)):
        state.save(tmp_path / f"{number}.pt")
    # The same by the command, after quantisation: as if the mixed checkpoint had been exported.
    make_export(tmp_path / "0.pt", model, tmp_path / "by", other=(tmp_path / "1.pt", 0.25))
    make_export(tmp_path / "2.pt", model, tmp_path / "as")
    files = [(tmp_path / place / "model" / "model.bin").read_bytes() for place in ("by", "as")]
    assert files[0] == files[1]
    # A narrower one lends what it has; the units that it lacks are kept, and heard less by its share.
    wide = checkpoint_of(Network(replace(SHAPE, inner=2 * SHAPE.inner), size))
    wide.save(tmp_path / "wide.pt")
    make_export(tmp_path / "wide.pt", model, tmp_path / "mix", other=(tmp_path / "1.pt", 0.25))
    down, up = "encoder.0.feed.down.weight", "encoder.0.feed.up.weight"
    both = mixed(wide, widened(other, 2 * SHAPE.inner, like=wide), 0.25)
    both.save(tmp_path / "3.pt")
    make_export(tmp_path / "3.pt", model, tmp_path / "wide")
    files = [(tmp_path / place / "model" / "model.bin").read_bytes() for place in ("mix", "wide")]
    assert files[0] == files[1]
    for kind in ("weights", "mean"):
        now, before, lent = (getattr(state, kind) for state in (both, wide, other))
        assert torch.allclose(now[up][SHAPE.inner :], before[up][SHAPE.inner :])
        assert torch.allclose(now[up][: SHAPE.inner], before[up][: SHAPE.inner].lerp(lent[up], 0.25))
        assert torch.allclose(now[down][:, SHAPE.inner :], 0.75 * before[down][:, SHAPE.inner :])
    for share in (-0.1, 1.1):
        with pytest.raises(TrainingError, match="share"):
            mixed(one, other, share)
    with pytest.raises(TrainingError, match="shape"):
        mixed(one, checkpoint_of(Network(SHAPE, size + 8)), 0.5)


def test_a_wrong_version_or_vocabulary_is_refused(
    exported: tuple[Network, Path], model: Path, tmp_path: Path
) -> None:
    _, folder = exported
    (folder / "export.step.json").write_text("{}", "utf-8")
    card = tmp_path / "card.md"
    card.write_text("x", "utf-8")
    with pytest.raises(TrainingError, match="version"):
        make_package(folder, card, "next", tmp_path)
    with pytest.raises(TrainingError, match="vocabulary"):
        export_model(checkpoint_of(Network(SHAPE, 50)), model, tmp_path / "x")


# The lent machine


def test_weights_come_home_in_pieces(tmp_path: Path) -> None:
    network = random_network(300)
    before = checkpoint_of(network)
    before.step, before.pieces = 5, 99
    paths = pack_weights(before, tmp_path / "out", largest=10_000)
    assert len(paths) > 3
    assert all(path.stat().st_size <= 10_000 for path in paths[:-1])
    after = unpack_weights(tmp_path / "out")
    assert (after.shape, after.step, after.pieces) == (before.shape, 5, 99)
    for name, value in before.weights.items():
        scale = value.abs().amax(-1, keepdim=True) / 127 if value.dim() == 2 else 1e-7
        assert ((after.weights[name] - value).abs() <= 0.51 * scale + 1e-7).all(), name
    paths[0].write_bytes(paths[0].read_bytes()[:-1] + b"x")
    with pytest.raises(TrainingError, match="damaged"):
        unpack_weights(tmp_path / "out")


def test_a_run_on_the_lent_machine(data: Path, tmp_path: Path) -> None:
    """All four commands as they will be called, on the CPU, with a tiny model."""
    from models.training.__main__ import main

    work, there, out = tmp_path / "work", tmp_path / "there", tmp_path / "out"
    (work / "data").mkdir(parents=True)
    for path in data.rglob("*"):
        if path.is_file():
            target = work / "data" / path.relative_to(data)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    config = tmp_path / "tiny.toml"
    config.write_text(
        "log_every = 10\n[model]\nwidth = 32\nheads = 4\ninner = 64\nencoder = 1\ndecoder = 1\n"
        "[optimiser]\nbatch = 600\nwarmup = 5\n[data]\ncurriculum = []\n",
        "utf-8",
    )
    lease = ["--lease", str(tmp_path / ".lease")]
    call = ["lease", "--config", str(config), *lease]
    assert main([*call, "pack", "--work", str(work), "--limit", "0.3"]) == 0
    assert main([*call, "put", "--work", str(there)]) == 0
    run = [*call, "run", "--work", str(there), "--minutes", "0.03", "--out", str(out), "--device", "cpu"]
    assert main(run) == 0
    first = load_checkpoint(there / "run" / "last.pt")
    assert main([*run, "--decay", "0.01"]) == 0
    assert load_checkpoint(there / "run" / "final.pt").pieces > first.pieces
    assert sum(path.is_file() for path in out.iterdir()) <= 8
    assert main([*call, "take", "--work", str(work), "--out", str(out)]) == 0
    taken = load_checkpoint(work / "run" / "final.pt")
    assert taken.pieces > first.pieces
    # A fresh machine goes on from carried weights.
    assert main([*call, "pack", "--work", str(work), "--start", str(work / "run" / "final.pt")]) == 0
    assert main([*call, "put", "--work", str(tmp_path / "fresh")]) == 0
    start = _start(tmp_path / "fresh")
    assert start is not None
    assert load_checkpoint(start).pieces == taken.pieces
