"""Read XML from strangers safely, with line numbers; write XML.

The reader takes what TBX and TMX need and nothing more: no entity declarations (no "billion laughs"), no
internal document type, nothing external is ever opened. A bare `<!DOCTYPE tmx SYSTEM "tmx14.dtd">`, which
many tools write, is passed over. Size, depth and number of elements are limited.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat

from glossary.exchange.decoding import check_size
from glossary.exchange.entries import ExchangeError
from glossary.own import clean

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML_LANG_READ = "http://www.w3.org/XML/1998/namespace}lang"
_DEEPEST = 40
_MOST_ELEMENTS = 500_000


@dataclass(slots=True)
class Node:
    """An element: its local name, its namespace, the line where it begins, attributes, text and children.

    `text` is all character data inside, that of inline elements (`hi`, `bpt`, `ph`) included.
    """

    name: str
    namespace: str
    line: int
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The character data of the element and its descendants, white space normalised."""
        return clean("".join(self.texts))

    @property
    def lang(self) -> str:
        """`xml:lang` (or the older `lang`), lower case; empty if there is none."""
        found = self.attributes.get("xml:lang") or self.attributes.get("lang") or ""
        return found.strip().lower().replace("_", "-")

    def all(self, *names: str) -> Iterator[Node]:
        """The children with one of these local names."""
        return (child for child in self.children if child.name in names)

    def first(self, *names: str) -> Node | None:
        """The first child with one of these local names."""
        return next(self.all(*names), None)


class _Builder:
    """Collects the elements as expat meets them."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._count = 0
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.UnparsedEntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped
        self.parser = parser

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self._count += 1
        if len(self._open) >= _DEEPEST or self._count > _MOST_ELEMENTS:
            raise ExchangeError(line, "the XML is nested too deeply or has too many elements.")
        namespace, _, local = name.rpartition("}")
        plain = {
            "xml:lang" if key == _XML_LANG_READ else key.rpartition("}")[2]: value
            for key, value in attributes.items()
        }
        node = Node(local, namespace, line, plain)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _end(self, _name: str) -> None:
        done = self._open.pop()
        if self._open and done.name in _INLINE:
            self._open[-1].texts.extend(done.texts)

    def _text(self, data: str) -> None:
        if self._open:
            self._open[-1].texts.append(data)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, internal: bool) -> None:
        if internal:
            raise ExchangeError(
                self.parser.CurrentLineNumber,
                "the file brings its own document type definition, which is not read for safety. Remove "
                "what stands between [ and ] in <!DOCTYPE ...>.",
            )

    def _entity(self, *_rest: object) -> None:
        raise ExchangeError(self.parser.CurrentLineNumber, "entity declarations are not read, for safety.")

    def _external(self, *_rest: object) -> int:
        raise ExchangeError(self.parser.CurrentLineNumber, "external entities are not read, for safety.")

    def _skipped(self, name: str, _parameter: bool) -> None:
        raise ExchangeError(self.parser.CurrentLineNumber, f"the entity &{name}; is not known.")


_INLINE = frozenset({"hi", "foreign", "bpt", "ept", "it", "ph", "sub", "ut", "sc", "ec"})


def parse_xml(data: bytes) -> Node:
    """The root element of an XML file.

    Raises:
        ExchangeError: it is empty, too large, not well-formed or holds what is not read for safety.

    """
    check_size(data)
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, str(error)) if error.code else str(error)
        raise ExchangeError(error.lineno, f"broken XML, column {error.offset + 1}: {reason}.") from None
    except (LookupError, ValueError) as error:
        if isinstance(error, ExchangeError):
            raise
        raise ExchangeError(1, f"the encoding of the XML is not understood ({error}).") from None
    if builder.root is None:
        raise ExchangeError(1, "the file holds no XML element.")
    return builder.root


def add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """Add an element; `lang` becomes `xml:lang`; attributes that are empty are left out."""
    lang = attributes.pop("lang", "")
    node = ElementTree.SubElement(parent, name, {k: v for k, v in attributes.items() if v})
    if lang:
        node.set(XML_LANG, lang)
    if text:
        node.text = text
    return node


def xml_bytes(root: ElementTree.Element, remark: str = "") -> bytes:
    """The XML file, indented, in UTF-8 with its declaration."""
    ElementTree.indent(root, "  ")
    body = ElementTree.tostring(root, encoding="unicode")
    comment = f"<!-- {remark.replace('--', '- -')} -->\n" if remark else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{comment}{body}\n'.encode()
