"""A hundred case summaries before encryption."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path

from panoh.services import summaries, triage
from tests.bench.measure import Line, milliseconds, raced
from tests.bench.vaults import vault_of

PEOPLE = 2_000
_PAPERS = 100


def run(count: int, source: Path) -> Line:
    """A hundred case summaries before encryption, against the same words as bare reportlab Paragraphs."""
    from panoh.reports.case_summary import render

    with vault_of(source) as desk:
        ids = [item.line.id for item in triage.whole_queue(desk, _PAPERS)]
        gathered = [summaries.preview(desk, one, summaries.Wanted())[0] for one in ids]
    words = [_words(render(summary, "supervisor")) for summary in gathered[:20]]
    paragraphs = [words[at % len(words)] for at in range(len(gathered))]
    ours = partial(milliseconds, lambda: [render(summary, "supervisor") for summary in gathered])
    mine, peer, noise = raced(ours, partial(milliseconds, lambda: [_bare(texts) for texts in paragraphs]), 5)
    return Line("case_summaries", len(gathered), mine, "the same words as Paragraphs", peer, mine / peer, 1.7, noise)


def _words(pdf: bytes) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return [line for page in document for line in page.get_textpage().get_text_range().splitlines() if line.strip()]


def _bare(texts: list[str]) -> bytes:
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    from panoh.reports import fonts

    style = ParagraphStyle("bare", fontName=fonts.REGULAR, fontSize=9, leading=11.2)
    out = BytesIO()
    SimpleDocTemplate(out).build([Paragraph(escape(text), style) for text in texts])
    return out.getvalue()
