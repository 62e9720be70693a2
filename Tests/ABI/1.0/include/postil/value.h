/// The value tree: layout, reader and builder.
#ifndef POSTIL_VALUE_H
#define POSTIL_VALUE_H

#include <postil/value_builder.h>
#include <postil/value_layout.h>
#include <postil/value_reader.h>

#endif
