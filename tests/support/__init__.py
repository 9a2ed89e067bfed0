"""Tests of coaching, help requests, links and handouts."""
