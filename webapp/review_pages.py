"""The pages of the review, one word at a time, and of the export of saved words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.marking import cut
from webapp.pages import blueprint
from webapp.review_api import export_response
from webapp.services import current_services
from webapp.study.items import KINDS, STATUSES, StudyItem
from webapp.study.review_queue import StaleAnswer, version
from webapp.study.scheduling import wait_label
from webapp.study.store import NoSuchItem
from webapp.text_tools import day

ASKED: Final = {"understand": "German first", "say": "English first"}
"""What stands on the front of a card."""
_FACT = "review-asks"


@blueprint.app_template_global()
def words_to_review() -> int:
    """How many words are left to be reviewed today, for links to the review."""
    return current_services().review.today().left


@blueprint.get("/study/review")
def review() -> str:
    """The word to be asked next (or ``item``), answered if ``shown`` names it; at the end what comes next."""
    parts = current_services()
    first = request.args.get("item", "")
    today = parts.review.today(int(first) if first.isdecimal() and len(first) < 10 else None)
    item = today.item
    asks = parts.library.fact(_FACT)
    return render_template(
        "study/review.html",
        today=today,
        item=item,
        version=version(item) if item else "",
        pieces=cut(item.sentence, [item.spans]) if item else (),
        # Without a marked word in a sentence there is nothing to leave blank: the word itself is asked.
        asks=asks if asks in ASKED else "understand",
        asked=ASKED,
        shown=item is not None and request.args.get("shown") == str(item.id),
        wait_label=wait_label,
        comes_back=_comes_back(today.next_due) if today.next_due else "",
        stale="stale" in request.args,
        undone="undone" in request.args,
        known=_known(),
        new_per_day=parts.settings.study_new_per_day,
    )


@blueprint.post("/study/review/<int:item_id>")
def answer_review(item_id: int) -> Response:
    """Take a rating and go on to the next word."""
    rating = request.form.get("rating", "")
    if rating not in ("1", "2", "3", "4"):
        abort(400, "A rating is one of 1 (again), 2 (hard), 3 (good) and 4 (easy).")
    try:
        current_services().review.answer(item_id, int(rating), request.form.get("version"))
    except StaleAnswer:
        return redirect(url_for("pages.review", stale=1), 303)
    return redirect(url_for("pages.review"), 303)


@blueprint.post("/study/review/undo")
def take_back_review() -> Response:
    """Take the last rating back and ask its word again."""
    item = current_services().review.take_back()
    if item is None:
        return redirect(url_for("pages.review"), 303)
    return redirect(url_for("pages.review", item=item.id, undone=1), 303)


@blueprint.post("/study/review/<int:item_id>/known")
def know_for_good(item_id: int) -> Response:
    """Mark a word as known, so that it is not asked again."""
    study = current_services().study
    before = study.get(item_id).status
    study.set_status(item_id, "known")
    return redirect(url_for("pages.review", known=item_id, before=before), 303)


@blueprint.post("/study/review/<int:item_id>/ask")
def ask_again(item_id: int) -> Response:
    """Give a word that was marked as known its status back and ask it."""
    before = request.form.get("before", "")
    if before not in ("new", "learning"):
        abort(400, "Only the status new or learning brings a word back into the review.")
    current_services().study.set_status(item_id, "new" if before == "new" else "learning")
    return redirect(url_for("pages.review", item=item_id), 303)


@blueprint.post("/study/review/asks")
def choose_side() -> Response:
    """Remember what is to stand on the front of a card."""
    asks = request.form.get("asks", "")
    if asks not in ASKED:
        abort(400, f"Choose one of: {', '.join(ASKED)}.")
    current_services().library.record(_FACT, asks)
    item = request.form.get("item", "")
    return redirect(url_for("pages.review", item=item or None), 303)


@blueprint.get("/study/export")
def study_export() -> str:
    """The form that exports saved words."""
    counts = dict.fromkeys(STATUSES, 0)
    for status in current_services().study.statuses().values():
        counts[status] += 1
    return render_template("study/review_export.html", counts=counts, kinds=KINDS)


@blueprint.get("/study/export/file")
def study_export_file() -> Response:
    """Download saved words."""
    return export_response()


def _known() -> tuple[StudyItem, str] | None:
    """The word that was just marked as known, with the status that it had."""
    item_id, before = request.args.get("known", ""), request.args.get("before", "")
    if not item_id.isdecimal() or len(item_id) > 9 or before not in ("new", "learning"):
        return None
    try:
        item = current_services().study.get(int(item_id))
    except NoSuchItem:
        return None
    return (item, before) if item.status == "known" else None


def _comes_back(due: datetime) -> str:
    """When a word comes back: ``in 10 min``, ``today at 18:05``, ``tomorrow``, ``on 24 November 2026``."""
    now = datetime.now(UTC)
    if due - now < timedelta(hours=1):
        return f"in {wait_label(due - now)}"
    days = (due.astimezone().date() - now.astimezone().date()).days
    if days == 0:
        return f"today at {due.astimezone():%H:%M}"
    return "tomorrow" if days == 1 else f"on {day(due)}"
