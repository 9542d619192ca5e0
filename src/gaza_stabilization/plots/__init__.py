"""Plots of the data, legible in print and for colour-blind eyes, each with n in its caption."""
