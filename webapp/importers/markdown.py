"""Markdown to plain text: paragraphs, headings and list items keep their order, markup goes."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token


def plain_text(markdown: str) -> str:
    """The readable text of a Markdown document, blocks separated by blank lines.

    Link targets, images, code blocks and raw HTML are left out; list items keep a bullet so that they are
    recognised as items later.
    """
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(_without_front_matter(markdown))
    blocks: list[str] = []
    lists: list[int | None] = []
    item_opens = False
    for token in tokens:
        if token.type == "bullet_list_open":
            lists.append(None)
        elif token.type == "ordered_list_open":
            lists.append(int(token.attrGet("start") or 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            item_opens = True
        elif token.type == "inline":
            text = _inline(token).strip()
            if text:
                blocks.append((_marker(lists) if item_opens else "") + text)
                item_opens = False
    return "\n\n".join(blocks) + ("\n" if blocks else "")


def _marker(lists: list[int | None]) -> str:
    if not lists or lists[-1] is None:
        return "- "
    number = lists[-1]
    lists[-1] = number + 1
    return f"{number}. "


def _inline(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append("\n")
        elif child.type == "hardbreak":
            parts.append(" ")
    return "".join(parts)


def _without_front_matter(text: str) -> str:
    if not text.startswith("---\n"):
        return text
    end = text.find("\n---\n", 4)
    return text if end < 0 else text[end + 5 :]
