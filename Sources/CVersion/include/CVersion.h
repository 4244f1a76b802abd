// The version of the program. Swift takes no text from a build's settings, C does, and when it differs only this file is
// compiled again.

#ifndef CVERSION_H
#define CVERSION_H

// As semver.org has it, without a leading v; the same pointer each time.
const char *_Nonnull cversion(void);

#endif
