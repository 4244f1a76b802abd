// Nothing to call: being linked is all that is asked of it.
