"""The record as plain files that open without this software: HTML, CSV and PDF."""
