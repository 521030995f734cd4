"""A learner's program text as a syntax tree. It is parsed and never run, and refused before that could cost much."""

import ast
import re
import textwrap
import warnings

from explorer.core import limits
from explorer.core.errors import ExplainedError, Sentence
from explorer.core.network.reader.printed import of_printed

MAX_LINES = 600
MAX_DEPTH, MAX_OPERATORS = 30, 120  # open brackets; operators between two commas or line ends, brackets' included
MAX_CODE_SHOWN = 60  # characters
_FILE = "<pasted network>"
# A text's "\d" is no business of the server's log. By module, for all threads: nothing else has this name.
warnings.filterwarnings("ignore", module=re.escape(_FILE))

_BLANKS = {0xA0: " ", 0x3000: " ", 0x200B: None, 0xFEFF: None}  # of a web page: no-break, wide, no width, a file's mark
_PROMPT = re.compile(r"^(?:>>>|\.\.\.)(?: |$)|\A\s+(?=>>>)", re.MULTILINE)
_AROUND = re.compile(r"^[ \t]*```.*$|^[%!].*$", re.MULTILINE)  # Markdown's fences, a notebook's commands

_TOKEN = re.compile(
    r"""\#[^\n]*|\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\\\n"""
    r"""|[(\[{]|[)\]}]|[\n,;]|[-+*/%@&|^~<>.=!:]|\b(?:not|and|or|if|elif|else|for|lambda|await|in|is)\b""",
    re.DOTALL,
)


class Unreadable(ExplainedError):
    """What cannot be read in a text, a sentence with its numbers, and in which line, from 1.

    ``spoils``: it stands in the place of layers that could be read, and were changed in a way that could not.
    """

    spoils = False

    def __init__(self, text: str, /, *, line: int, **numbers: object) -> None:
        super().__init__(text, **numbers)
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.sentence, self.line)


def _rebuild(kind: type[Unreadable], sentence: Sentence, line: int) -> Unreadable:
    return kind(sentence.text, line=line, **sentence.numbers)


class TooMuch(Unreadable):
    """More to work out than a network needs: the reading ends."""


def parse(text: str) -> tuple[ast.Module, int | None]:
    """The tree of a text within the limits, which may be indented as a whole, and where in it the print of a class
    begins. Raises Unreadable.
    """
    _bound_length(text)
    program, printed = of_printed(_cleaned(text))
    _bound_length(program)
    _bound_depth(program)
    try:
        return ast.parse(program, _FILE), printed
    except SyntaxError as error:
        said = error.msg if error.msg.endswith("?") else f"{error.msg}."
        raise Unreadable("This is not Python: {message}", line=error.lineno or 1, message=said) from error
    except ValueError as error:  # a null byte, half of a surrogate pair
        raise Unreadable("The text has a character that no program has.", line=1) from error
    except (RecursionError, MemoryError) as error:
        raise too_deep(1) from error


def _cleaned(text: str) -> str:
    """Without what a web page, a notebook or a console puts around a program; the lines stay where they are."""
    text = text.translate(_BLANKS)
    if _PROMPT.match(text):
        text = _PROMPT.sub("", text)
    return textwrap.dedent(_AROUND.sub("", text))


def code_of(node: ast.stmt | ast.expr) -> str:
    """The expression as Python writes it; of a long one no more than what is called."""
    length = (node.end_col_offset or 0) - node.col_offset
    if node.end_lineno == node.lineno and length <= MAX_CODE_SHOWN:
        return ast.unparse(node)
    return f"{code_of(node.func)}(…)" if isinstance(node, ast.Call) else "…"


def _bound_length(text: str) -> None:
    """Raises Unreadable for what is too long to be a network."""
    most = limits.MAX_PASTED_CHARACTERS
    if len(text) > most:
        raise Unreadable("The text has {count} characters; {most} are read.", line=1, count=len(text), most=most)
    if text.count("\n") >= MAX_LINES:
        lines = text.count("\n") + 1
        raise Unreadable("The text has {count} lines; {most} are read.", line=MAX_LINES, count=lines, most=MAX_LINES)


def _bound_depth(text: str) -> None:
    """Raises Unreadable for what is too deep to be a network; it looks at each character once."""
    operators, branches = [0], 0  # of each open bracket, since its last comma
    for token in _TOKEN.finditer(text):
        found = token[0]
        if found in "([{":
            operators.append(0)
        elif found in ")]}" and len(operators) > 1:
            operators.pop()
        elif found in ",;" or (found == "\n" and len(operators) == 1):
            operators[-1] = 0
        elif found[0] not in "#\"'\\\n":
            operators[-1] += 1
            branches += found == "elif"
        formatted = text[max(0, token.start() - 1) : token.start()] in ("f", "F")
        too_long = formatted and found[0] in "\"'" and len(found) > MAX_OPERATORS
        if len(operators) > MAX_DEPTH or sum(operators) > MAX_OPERATORS or branches > MAX_OPERATORS or too_long:
            raise too_deep(text.count("\n", 0, token.start()) + 1)


def too_deep(line: int) -> Unreadable:
    """What is said about a text that would cost too much."""
    return Unreadable("An expression here is longer or deeper than a network needs.", line=line)


def too_much(line: int) -> TooMuch:
    """What is said where the reading ends before the text does."""
    return TooMuch("This takes too long to read.", line=line)
