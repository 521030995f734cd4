"""The browser's part: JavaScript and CSS, each with a thin Python face. Numbers in, gestures out."""
