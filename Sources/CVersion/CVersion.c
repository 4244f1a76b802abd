#include "CVersion.h"

const char *cversion(void) {
    return CASEKEEPER_VERSION;
}
