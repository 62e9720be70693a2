// Masks that were painted: as arrays, as images, or as outlines.

#include "mask_exporter.hpp"
#include "outline_exporter.hpp"

POSTIL_EXPORTERS_PLUGIN("org.postil.brush", "1.0.0",
                        {"BRUSH_TO_NUMPY", &postil::exporter_table<brush::MaskExporter>},
                        {"BRUSH_TO_PNG", &postil::exporter_table<brush::MaskExporter>},
                        {"BRUSH_TO_COCO", &postil::exporter_table<brush::OutlineExporter>})
