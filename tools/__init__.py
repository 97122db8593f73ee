"""Scripts for whoever works on thermofit; the package itself uses none of them."""
