// Sources whose labels are plain text.

#include "conll_importer.hpp"
#include "yolo_importer.hpp"

#include "import_table.hpp"

POSTIL_IMPORTS_PLUGIN("org.postil.text-labels", "1.0.0",
                      {"yolo", &postil::import_table<text_labels::YOLOImporter>},
                      {"conll", &postil::import_table<text_labels::CoNLLImporter>})
