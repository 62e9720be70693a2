/// PCRE2 over UTF-8, as `SQLiteStorage` uses it to search in texts.
#ifndef POSTIL_CPCRE2_SHIM_H
#define POSTIL_CPCRE2_SHIM_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#endif
