// Sources whose labels are XML.

#include "cvat_importer.hpp"
#include "voc_importer.hpp"

#include "import_table.hpp"

POSTIL_IMPORTS_PLUGIN("org.postil.xml-labels", "1.0.0",
                      {"voc", &postil::import_table<xml_labels::VOCImporter>},
                      {"cvat", &postil::import_table<xml_labels::CVATImporter>})
