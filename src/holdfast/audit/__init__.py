"""Who did what when, by plain ids; never what somebody said."""
