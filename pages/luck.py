"""The luck of a split: every validation set that might have been."""

from thermofit.ui.luck.page import page

page()
