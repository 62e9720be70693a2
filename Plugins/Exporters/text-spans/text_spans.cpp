// Labeled spans of text: by token, or by character.

#include "conll_exporter.hpp"
#include "spacy_exporter.hpp"

POSTIL_EXPORTERS_PLUGIN("org.postil.text-spans", "1.0.0",
                        {"CONLL2003", &postil::exporter_table<text::CoNLLExporter>},
                        {"SPACY", &postil::exporter_table<text::SpaCyExporter>})
