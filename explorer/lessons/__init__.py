"""The words: a folder a language, with gettext's catalogue and the longer texts as Markdown; two runs to look at."""
