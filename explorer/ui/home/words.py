"""The texts of Home's picture in the page's language; the names in braces are filled in by the browser."""

from explorer.ui.inside_words import WORDS as SHOWN
from explorer.ui.language import mark

WORDS = SHOWN | {
    "point": mark("Point at any number; a click opens it on the Inside page, with all that it is made of."),
    "point_touch": mark("Tap any number to open it on the Inside page, with all that it is made of."),
    "flat_title": mark("Why a dense layer is not enough"),
    "flat_why": mark("A dense layer takes a vector: the {side} rows of the image are laid behind one another, {count} "
                     "numbers in a line. What is above and below a pixel then lies {side} places away, and nothing in "
                     "the layer says that the two were neighbours."),
    "flat_image": mark("The digit’s pixels"),
    "flat_choice": mark("What is followed into the vector"),
    "flat_pixel": mark("One pixel"),
    "flat_window": mark("A {size}×{size} window"),
    "flat_vector": mark("The whole vector, x[0] … x[{last}]"),
    "flat_part": mark("Enlarged: x[{first}] … x[{last}]"),
    "flat_neighbours": mark("Row {row}, column {column} is x[{row} · {side} + {column}] = x[{place}]. Left and right "
                            "are x[{left}] and x[{right}], above and below x[{above}] and x[{below}]."),
    "flat_corner": mark("Row {row}, column {column} is x[{row} · {side} + {column}] = x[{place}]. It is at the edge: "
                        "not all four neighbours exist, though the vector goes on."),
    "flat_pieces": mark("Rows {first} … {last}, columns {left} … {right}: the window’s {count} pixels become {size} "
                        "pieces of {size}, with {between} others between two of them, over {spread} places in all. "
                        "A convolution sees them as one."),
    "flat_hint": mark("Point at a pixel, or walk with the arrow keys; rows and columns count from 0."),
    "flat_hint_touch": mark("Tap a pixel, or move a finger sideways; rows and columns count from 0."),
}  # fmt: skip
_LEFT_OUT = mark("Row {row}, column {column} is x[?]: left out until you have answered the exercise.")
WITHOUT_PLACES = {
    "flat_neighbours": _LEFT_OUT,
    "flat_corner": _LEFT_OUT,
    "flat_pieces": mark("Left out until you have answered the exercise."),
    "flat_part": mark("Enlarged"),
}
