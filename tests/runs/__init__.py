"""Tests of the run folders."""
