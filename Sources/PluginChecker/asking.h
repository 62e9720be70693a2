/// Questions to a tag, and its answers as text.
#ifndef POSTIL_CHECKER_ASKING_H
#define POSTIL_CHECKER_ASKING_H

#include "plugin.h"
#include "tasks.h"

#include <postil/tag.h>

/// One question: JSON texts. No bytes stand for a tree that is not given.
typedef struct question {
    postil_bytes_t element;
    postil_bytes_t data;
    postil_bytes_t result;
    bool is_valid; ///< What the author says of the result.
} question_t;

typedef struct question_list {
    question_t *questions;
    size_t count;
} question_list_t;

/// The request's questions.
question_list_t sample_questions(void);

/// The same with results and data changed at random.
question_list_t questions_mutated(question_list_t source);

typedef enum tag_function { VALIDATE_CONFIG, VALIDATE_RESULT, NORMALIZE, MEASURES } tag_function_t;

typedef struct tag_answer {
    postil_status_t status;
    uint32_t problems;
    char first_problem[256];
    char *text;      ///< What was built, as JSON text; NULL for nothing. Freed by the caller.
    uint64_t digest; ///< Of everything that was answered.
} tag_answer_t;

const postil_tag_t *load_tag(void);

/// Asks one function. Breaches of the contract fail the test. A function that is NULL answers
/// nothing.
tag_answer_t ask_tag(const postil_tag_t *table, tag_function_t function, question_t question);

/// Asks all four functions and frees what they answered; the digest of all answers.
uint64_t ask_all(const postil_tag_t *table, question_t question);

#endif
