"""The pages of the glossary: browse and search, a term with its concordance, hide and show, download."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from flask import Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from glossary.exchange import FORMATS, write_glossary
from glossary.own import overrides
from glossary.terms import Term
from webapp import term_labels
from webapp.browsing import Choice, browse, is_own
from webapp.concordance import concordance
from webapp.pages import blueprint
from webapp.services import Services, current_services

_PAGE = 100
WHICH = ("curated", "own", "all")
"""Parts of the glossary that can be downloaded."""


@blueprint.app_context_processor
def _helpers() -> dict[str, object]:
    return {"labels": term_labels, "is_own": is_own, "glossary_formats": FORMATS}


@blueprint.get("/glossary")
def glossary() -> str:
    """The whole glossary by domain, country, register and letter, or what a search finds."""
    in_force = current_services().terms.glossary
    choice = Choice.of(request.args)
    found = browse(in_force, choice)
    number = request.args.get("page", "1")
    pages = max(1, -(-len(found.terms) // _PAGE))
    page = min(max(1, int(number)), pages) if number.isdecimal() and len(number) < 6 else 1
    return render_template(
        "glossary.html",
        choice=choice,
        terms=found.terms[(page - 1) * _PAGE : page * _PAGE],
        total=len(found.terms),
        all_terms=len(in_force.terms),
        letters=found.letters,
        alphabet=[*map(chr, range(ord("A"), ord("Z") + 1)), "0-9"],
        domains=Counter(term.domain for term in in_force.terms),
        own_count=sum(map(is_own, in_force.terms)),
        page=page,
        pages=pages,
    )


@blueprint.get("/glossary/<term_id>")
def glossary_term(term_id: str) -> str:
    """A term with all that is known of it and where it occurs in the library."""
    parts = current_services()
    lookup = parts.terms
    term = lookup.glossary.by_id.get(term_id)
    in_force = term is not None
    term = term or known_term(parts, term_id)
    start = request.args.get("from", "0")
    found = None
    if in_force:
        position = int(start) if start.isdecimal() and len(start) < 10 else 0
        found = concordance(parts.library, lookup, term, position)
    own = parts.own_terms.list()
    return render_template(
        "term.html",
        term=term,
        in_force=in_force,
        concordance=found,
        hidden=term_id in parts.own_terms.hidden(),
        related=[lookup.glossary.by_id[other] for other in term.related if other in lookup.glossary.by_id],
        replaced_by=[each for each in overrides([term], own) if not is_own(term)],
        replaces=[each for each in overrides(parts.curated.terms, [term]) if is_own(term)],
    )


@blueprint.post("/glossary/<term_id>/hide")
def hide_term(term_id: str) -> BaseResponse:
    """Hide a curated term: it is no longer found in texts."""
    parts = current_services()
    if term_id not in parts.curated.by_id:
        abort(404, f"The curated glossary has no term {term_id!r}; an own term can be removed.")
    parts.own_terms.hide(term_id)
    return redirect(url_for("pages.glossary_term", term_id=term_id), 303)


@blueprint.post("/glossary/<term_id>/show")
def show_term(term_id: str) -> BaseResponse:
    """Show a hidden term again."""
    current_services().own_terms.show(term_id)
    return redirect(url_for("pages.glossary_term", term_id=term_id), 303)


@blueprint.get("/glossary/download/<which>/<name>")
def download_glossary(which: str, name: str) -> Response:
    """Download the curated glossary, the own one or both in an exchange format."""
    if which not in WHICH or name not in FORMATS:
        abort(404)
    return glossary_file(current_services(), which, name)


def known_term(parts: Services, term_id: str) -> Term:
    """A term of the glossary in force, else a curated one that is hidden or replaced; else 404."""
    term = parts.terms.glossary.by_id.get(term_id) or parts.curated.by_id.get(term_id)
    if term is None:
        abort(404, f"The glossary has no term {term_id!r}.")
    return term


def glossary_file(parts: Services, which: str, name: str) -> Response:
    """A part of the glossary as a download; the curated terms with their licence.

    Raises:
        ExchangeError: there is nothing to write.

    """
    today = datetime.now(UTC).date().isoformat()
    if which == "own":
        terms, remark = parts.own_terms.list(), ""
    else:
        chosen = parts.curated if which == "curated" else parts.terms.glossary
        terms = chosen.terms
        own = sum(map(is_own, terms))
        remark = (
            f"Seitenblick glossary {chosen.fingerprint}, {today}: {len(terms) - own} curated terms, our own "
            "text, under the MIT licence (https://opensource.org/license/mit); use it freely, keep this note."
        ) + (f" And {own} terms that a user of Seitenblick added." if own else "")
    response = Response(write_glossary(terms, name, remark), mimetype=FORMATS[name].mimetype)
    middle = "" if which == "all" else f"-{which}"
    extra = "" if name in ("csv", "tsv", "tbx", "tmx") else f"-{name.partition('-')[2]}"
    filename = f"seitenblick-glossary{middle}{extra}-{today}{FORMATS[name].suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response
