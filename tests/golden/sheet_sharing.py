"""Sheets that are shared, commented and read by others: a part of `tests.golden.messages`."""

from __future__ import annotations

from collections.abc import Mapping

from chat.form import Form
from chat.message import Message, Picture
from chat.people import Person, Place, Space
from content.library import Library
from content.say import Say
from content.worksheet import Worksheet
from sheets import comment_cards as comments
from sheets import people_cards as people
from sheets import reader_cards as reader
from sheets import review_cards as review
from sheets import share_cards as share
from sheets.comment_cards import Said
from sheets.people_cards import Someone
from sheets.printing import card_of, example_of
from sheets.reading import request_of, shown_steps
from sheets.review_ways import ReviewAgreed
from sheets.share_cards import Poster
from sheets.sheet import Sheet
from tests.kit.pictures import png

ID, LETTER, COMMENT = "0123456789abcdef", "fedcba9876543210fedcba98", "00112233445566778899"[:16]
MAKERS = Space("slack", "T01MAKERS")
ADA, KOFI = Person(MAKERS, "U001"), Person(MAKERS, "U003")
HERE = Place(MAKERS, "C01GENERAL")
HOSTILE = "*bold* <@U1> @everyone\n[shop](https://x.example) 茶"


def sheet_sharing(say: Say, library: Library) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    scope = library.worksheets["scope"]
    whole = example_of(scope, "zh-CN" if say.lang == "zh-CN" else "en")
    card = card_of(say, scope, whole)
    poster = Poster(ID, card, (HOSTILE,), ADA, Picture(png(), "what it shows", "scope.png"))
    words = Poster(ID, card, (), ADA)
    return {
        "sharing_card": share.sharing_card(say, "*Wind*", ID, (3, 1)),
        "sharing_card.none": share.sharing_card(say, "*Wind*", ID, (0, 0)),
        "share_preview": share.share_preview(say, poster, HERE),
        "share_preview.changed": share.share_preview(say, words, HERE, changed=True),
        "posted_card": share.posted_card(say, poster),
        "posted_card.words": share.posted_card(say, words),
        "posted_already_card": share.posted_already_card(say, ID, "C01GENERAL"),
        "unshared_card": share.unshared_card(say, ID),
        "not_posted_card": share.not_posted_card(say, ID),
        "share_elsewhere_card": share.share_elsewhere_card(say, ID),
        "share_which_card": share.share_which_card(say, [(ID, HOSTILE), (ID[::-1], "Wind")]),
        "share_which_card.none": share.share_which_card(say, []),
        **_comments(say, scope),
        **_people(say),
        **_reviews(say, scope, whole),
    }


def _comments(say: Say, scope: Worksheet) -> Mapping[str, Message | Form]:
    said = [
        Said(f"{COMMENT[:-1]}{n}", HOSTILE, KOFI, HOSTILE, say("Done"), shown=n == 1, new=n == 0, mine=n == 2)
        for n in range(4)
    ]  # fmt: skip
    return {
        "comment_form": comments.comment_form(say, ID, scope.steps),
        "comment_form.step": comments.comment_form(say, ID, scope.steps, "problem"),
        "commented_card": comments.commented_card(say, ID, COMMENT),
        "comments_card": comments.comments_card(say, HOSTILE, ID, said, 1, more=True),
        "comments_card.none": comments.comments_card(say, "Wind", ID, (), 0, more=False),
        "comment_card": comments.comment_card(say, ID, said[0], owns=True),
        "comment_card.mine": comments.comment_card(say, ID, said[2], owns=True),
        "comment_dropped_card": comments.comment_dropped_card(say, ID, owns=False),
        "sheet_report_form": comments.sheet_report_form(say, ID, "U003"),
        "sheet_reported_card": comments.sheet_reported_card(say, ID, "U003", read=True),
        "sheet_block_card": comments.sheet_block_card(say, ID, KOFI),
        "sheet_blocked_card": comments.sheet_blocked_card(say, ID, "U003"),
    }


def _people(say: Say) -> Mapping[str, Message | Form]:
    everybody = [
        Someone(ADA, "owner", asked=False, writes=False, me=True),
        Someone(KOFI, "co-owner", asked=False, writes=True, me=False),
    ]
    return {
        "people_card": people.people_card(say, "*Wind*", ID, everybody, owns=True, pen=False),
        "people_card.pen": people.people_card(say, "*Wind*", ID, everybody, owns=False, pen=True),
        "sheet_invite_card": people.sheet_invite_card(say, HOSTILE, ID, KOFI),
        "asked_card": people.asked_card(say, ID),
        "sheet_invited_card": people.sheet_invited_card(say, HOSTILE, "co-owner", ADA, ID, LETTER),
        "sheet_invited_card.comments": people.sheet_invited_card(say, "Wind", "commenter", ADA, ID, LETTER),
        "invite_taken_card": people.invite_taken_card(say, HOSTILE, "commenter", ID),
        "invite_declined_card": people.invite_declined_card(say),
        "sheet_left_card": people.sheet_left_card(say),
    }


def _reviews(say: Say, scope: Worksheet, whole: Sheet) -> Mapping[str, Message | Form]:
    steps = shown_steps(scope, whole)
    shown = {step.key for step in steps} - {"budget"}
    request = request_of(say, scope, whole, shown, named=True, field="energy")
    bare = request_of(say, scope, whole, shown, named=False, field="")
    return {
        "review_form": review.review_form(say, ID, steps, shown, named=True, field="energy"),
        "review_preview": review.review_preview(say, request, ID),
        "sheet_ask_card": review.sheet_ask_card(say, request, ID, LETTER),
        "sheet_ask_card.bare": review.sheet_ask_card(say, bare, ID, LETTER),
        "review_looking_card": review.review_looking_card(say, "*Wind*", ID, "…", nobody=False),
        "review_looking_card.nobody": review.review_looking_card(say, "*Wind*", ID, "…", nobody=True),
        "review_looking_card.more": review.review_looking_card(
            say, "*Wind*", ID, "…", nobody=False, readers=[(KOFI, True)]
        ),
        "review_reading_card": review.review_reading_card(say, "*Wind*", ID, [(KOFI, False)]),
        "review_over_card": review.review_over_card(say, "*Wind*", ID),
        "sheet_nobody_card": review.sheet_nobody_card(say, HOSTILE, ID, "…"),
        "sheet_reads_card": review.sheet_reads_card(say, HOSTILE, ID, KOFI),
        "sheet_reviewed_card": review.sheet_reviewed_card(say, HOSTILE, ID, KOFI, 2),
        "sheet_reviewed_card.silent": review.sheet_reviewed_card(say, "Wind", ID, KOFI, 0),
        "reader_form": reader.reader_form(say, ["en"], ["energy"], "2"),
        "reader_card": reader.reader_card(say, 2, [(ID, HOSTILE)]),
        "reader_card.none": reader.reader_card(say, 0, ()),
        "reader_out_card": reader.reader_out_card(say),
        "reading_card": reader.reading_card(say, scope, whole, steps, ADA, reviews=True),
        "reading_card.left": reader.reading_card(say, scope, whole, (), None, reviews=False),
        "reading_step_card": reader.reading_step_card(say, scope, whole, steps[1], steps[2]),
        "review_conduct_card": reader.review_conduct_card(say, ReviewAgreed(ID)),
        "review_declined_card": reader.review_declined_card(say),
        "review_moved_card": reader.review_moved_card(say),
        "review_done_card": reader.review_done_card(say, ID, 2),
        "review_done_card.silent": reader.review_done_card(say, ID, 0),
    }
