"""The glossary: every term that the pictures and controls use, in plain words."""

from thermofit.ui import glossary_page

glossary_page.page()
