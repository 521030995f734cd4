"""What was found about a network, in words: in the ledger's rows, and in a line where it is trained."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from explorer.components.network_view import LedgerRow
from explorer.core.errors import Sentence
from explorer.core.network.diagnosis import INPUT, Diagnosis
from explorer.ui.language import explain_error, join_sentences, t


def with_findings(rows: Sequence[LedgerRow], arriving: str, findings: Sequence[Diagnosis]) -> list[LedgerRow]:
    """The rows with what was found about each; ``arriving`` is the shape that the failing one gets.

    Where there is more than one about a row all of it is said, and its button is the first's.
    """
    explained_rows = list(rows)
    by_row = sorted(findings, key=lambda one: one.index)  # stable: what torch refuses is the first of its row
    for index, some in groupby(by_row, key=lambda one: one.index):
        explained_rows[index] = _with_findings_of_row(explained_rows[index], arriving, list(some))
    return explained_rows


def _with_findings_of_row(row: LedgerRow, arriving: str, findings: list[Diagnosis]) -> LedgerRow:
    first = findings[0]
    return replace(
        row,
        shapes=(arriving, "") if first.message else row.shapes,
        notes=() if first.message else row.notes,
        state="fails" if first.message else "remark",
        message=first.message,
        advice=join_sentences(*map(advice, findings)),
        repair=finding_sentence(first.action) if first.repaired else "",
        blames=first.blames if first.blames != first.index else None,
    )


def finding_sentence(sentence: Sentence) -> str:
    """A diagnosis's sentence in the page's language; names of layers and arguments stay as they are."""
    return t(sentence.text, **{n: t("input") if v == INPUT else v for n, v in sentence.numbers.items()})


def advice(diagnosis: Diagnosis) -> str:
    """What is wrong, and where no button repairs it, the limit that forbids the repair and the way around."""
    if not (forbidden := diagnosis.forbidden):
        return finding_sentence(diagnosis.advice)
    way_around = t(
        "“{action}” would repair it, which a limit of this server forbids: {reason} Smaller images, a pooling, a "
        "stride or fewer layers lead out.",
        action=finding_sentence(diagnosis.action),
        reason=explain_error(forbidden),
    )
    return join_sentences(finding_sentence(diagnosis.advice), way_around)
