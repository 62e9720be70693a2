/// libxml2's parser, as `LabelingConfig` uses it.
///
/// Only the SAX2 interface is wanted: no tree, no reader, no HTML.
#ifndef POSTIL_CLIBXML2_SHIM_H
#define POSTIL_CLIBXML2_SHIM_H

#include <libxml/xmlversion.h>

/// Debian's libxml2 pulls in the system's ICU headers, whose enums differ from those of the ICU
/// inside Foundation, and no Swift module may see both. Only encoding handlers change their layout
/// by this, and we never look into one.
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

/// Receives each error of one parser; `error_borrowed` is valid until the call returns.
typedef void (*postil_xml_error_handler)(void *context, const xmlError *error_borrowed);

/// Has errors handed to `handler` instead of printed.
///
/// libxml2 2.12 made the handler's second parameter `const`; the cast keeps one Swift source good
/// for both, and the two types are passed alike.
static inline void postil_xml_set_error_handler(xmlSAXHandler *sax,
                                                postil_xml_error_handler handler) {
    sax->serror = (xmlStructuredErrorFunc)handler;
}

#endif
