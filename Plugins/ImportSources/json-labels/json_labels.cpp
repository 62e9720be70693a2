// Sources whose labels are JSON.

#include "coco_importer.hpp"
#include "geojson_importer.hpp"
#include "hugging_face_importer.hpp"
#include "labelbox_importer.hpp"

#include "import_table.hpp"

POSTIL_IMPORTS_PLUGIN("org.postil.json-labels", "1.0.0",
                      {"coco", &postil::import_table<json_labels::COCOImporter>},
                      {"geojson", &postil::import_table<json_labels::GeoJSONImporter>},
                      {"hugging-face", &postil::import_table<json_labels::HuggingFaceImporter>},
                      {"labelbox", &postil::import_table<json_labels::LabelboxImporter>})
