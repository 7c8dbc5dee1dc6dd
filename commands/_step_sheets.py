"""`/step paper` and its like: a worksheet by the words its pack gives it, with "new", "open" or "export" behind."""

from __future__ import annotations

from chat.platform import Reply
from commands._call import Call
from commands._sheet_pages import begin_one, sheets_page, whole_sheet
from commands._sheets import Own, careful, look_at
from commands.sheet_export import export_page
from content.fold import fold
from content.worksheet import Worksheet

VERBS = {
    "new": "new", "新建": "new", "开始": "new", "open": "open", "打开": "open", "继续": "open", "export": "export",
    "导出": "export",
}  # fmt: skip


async def by_words(call: Call, words: str) -> Reply:
    """The page of the worksheet these words mean, or what they ask of it; None when they mean none."""
    first, _, rest = words.partition(" ")
    verb = VERBS.get(fold(rest), "") if rest.strip() else "list"
    known = call.library.worksheets.values()
    worksheet = next((one for one in known if fold(first) in map(fold, one.words)), None)
    return await _asked(call, worksheet, verb) if worksheet is not None and verb else None


async def _asked(call: Call, worksheet: Worksheet, verb: str) -> Reply:
    match verb:
        case "new":
            return await begin_one(call, worksheet)
        case "open" | "export" if (own := await _newest(call, worksheet)) is not None:
            return whole_sheet(own) if verb == "open" else await export_page(call, own.sheet.id)
        case _:
            return await sheets_page(call, worksheet.slug)


async def _newest(call: Call, worksheet: Worksheet) -> Own | None:
    with careful(call.say):
        async with call.store.begin() as tx:
            found = await tx.sheets.of(call.person, worksheet=worksheet.slug, limit=1)
            return await look_at(tx, call, found[0].id) if found else None
