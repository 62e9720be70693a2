/// The host service `postil.json-text/1`.
#ifndef POSTIL_CHECKER_JSON_SERVICE_H
#define POSTIL_CHECKER_JSON_SERVICE_H

#include <postil/services.h>

const postil_json_text_t *json_text_service(void);

#endif
