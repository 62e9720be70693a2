// SwiftPM wants a source file in a C target. This one makes the compiler read every header as C,
// with the warnings of the build.
#include <postil/exporter.h>
#include <postil/import_source.h>
#include <postil/metric.h>
#include <postil/plugin.h>
#include <postil/problem.h>
#include <postil/services.h>
#include <postil/settings.h>
#include <postil/tag.h>
#include <postil/value.h>

POSTIL_STATIC_ASSERT(sizeof(void *) == 8);
POSTIL_STATIC_ASSERT(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
