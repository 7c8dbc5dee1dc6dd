"""A sheet as a file, for the member alone: Markdown, PDF, a picture, its tables; half-finished ones say "not yet"."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from chat.errors import LimitError, Tellable
from chat.message import File, Message, Picture
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._sheets import Own, careful, file_name, look_at
from content.document import Card, Document, Table
from content.document_pages import CannotDraw, can_draw, card_alt, card_png, pdf
from content.document_text import csv, markdown
from content.origins import origins_of
from sheets.list_cards import export_choice_card, exported_card
from sheets.naming import title_of
from sheets.printing import Remark, card_of, document_of, tables_of
from sheets.ways import SheetExportAsked, SheetExported

TABLES = 10  # files of one message


@dataclass(frozen=True, slots=True)
class Papers:
    """All that can be made of a sheet."""

    document: Document
    card: Card
    tables: tuple[tuple[str, Table], ...]


@answers(SheetExportAsked)
async def choose(call: Call, asked: SheetExportAsked) -> Reply:
    """As what?"""
    return Edit(await export_page(call, asked.sheet))


async def export_page(call: Call, sheet: str) -> Message:
    """The kinds of file there are: PDF and picture only where there are letters to draw every word with."""
    own, papers = await _papers(call, sheet)
    drawn = await asyncio.to_thread(lambda: can_draw(papers.document) and can_draw(papers.card))
    kinds = ["md", *(("pdf", "png") if drawn else ()), *(("csv",) if papers.tables else ())]
    return export_choice_card(own.say, own.sheet, title_of(own.say, own.worksheet, own.sheet), kinds)


@answers(SheetExported)
async def export(call: Call, asked: SheetExported) -> Reply:
    """Drawn apart from the event loop, for that takes a while."""
    own, papers = await _papers(call, asked.sheet)
    try:
        files = await asyncio.to_thread(_made, own, papers, asked.kind)
    except (CannotDraw, LimitError) as error:
        raise Tellable(
            call.say("This one cannot be drawn here. As text (Markdown) it is yours all the same.")
        ) from error
    if not files:
        raise Tellable(call.say("There is no table on this sheet yet."))
    return exported_card(own.say, own.sheet, files)


async def _papers(call: Call, sheet: str) -> tuple[Own, Papers]:
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, sheet)
            comments = await tx.sheet_comments.of(call.person.space, sheet, shown=True)
    say = own.say
    remarks = [
        Remark(one.step, say("You, later") if one.by == call.person else say("A reader"), one.text) for one in comments
    ]
    origins = [origin.book for origin, _ in origins_of(own.library.ideas, own.worksheet.sources)]
    books = list(dict.fromkeys(origins))
    document = document_of(say, own.worksheet, own.sheet, remarks, today=own.today, books=books)
    card = card_of(say, own.worksheet, own.sheet, today=own.today)
    return own, Papers(document, card, tables_of(say, own.worksheet, own.sheet))


def _made(own: Own, papers: Papers, kind: str) -> list[File | Picture]:
    slug, say = own.worksheet.slug, own.say
    title = title_of(say, own.worksheet, own.sheet)
    match kind:
        case "pdf":
            return [File(pdf(papers.document), f"{file_name(slug)}.pdf", say("“{title}”, to print", title=title))]
        case "png":
            return [Picture(card_png(papers.card), card_alt(papers.card), f"{file_name(slug)[:35]}.png")]
        case "csv":
            named = enumerate(papers.tables[:TABLES], 1)
            return [File(csv(table).encode(), f"{file_name(slug, of=str(n))}.csv", name) for n, (name, table) in named]
        case _:
            text = markdown(papers.document).encode()
            return [File(text, f"{file_name(slug)}.md", say("“{title}”, as text", title=title))]
