"""A confusion matrix's texts, on each page that has one; the names in braces are filled in by the browser."""

from explorer.ui.language import mark

MATRIX_WORDS = {
    "matrix": mark("Confusion matrix"),
    "matrix_label": mark("It is"),
    "matrix_answer": mark("read as"),
    "matrix_right": mark("Right"),
    "matrix_cell": mark("{label} read as {answer}: {images}"),
    "tested": mark("After epoch {epoch}, {percent} of the {images} test images are read right; {wrong} are not."),
    "predictions_unreachable": mark("What it said of the test images did not arrive: {reason}. Reload the page."),
}
