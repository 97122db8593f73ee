"""Scripts for developers of thermofit; the package itself uses none of them."""
