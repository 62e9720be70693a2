/// Tags: the part of a labeling tag that runs on the server. Capability "postil.tag/1".
///
/// What a tag is called, its attributes, its result's schema, its measures and its browser
/// module stand in the manifest. Here is what a schema cannot say. All functions are pure: the
/// same arguments give the same answer, on any thread, in any order, on any machine.
#ifndef POSTIL_TAG_H
#define POSTIL_TAG_H

#include <postil/problem.h>
#include <postil/value.h>

#ifdef __cplusplus
extern "C" {
#endif

#define POSTIL_CAPABILITY_TAG "postil.tag/1"

/// What the functions of a tag get. Each tree has one root, an object; a tree that the function
/// does not use may be NULL. All are borrowed until the call returns.
typedef struct postil_tag_call {
    uint32_t size;
    uint32_t reserved;  ///< Zero.
    postil_bytes_t tag; ///< The tag's name: "SatellitePolygon".

    /// The element in the labeling config:
    ///   tag         its name
    ///   attributes  {name: text}, as written, unknown ones included
    ///   children    the elements inside it, each like this one
    ///   objects     {name: element}: the object tags that its `toName` refers to
    const postil_batch_t *element_borrowed;

    /// The task's `data`. NULL in `validate_config`.
    const postil_batch_t *data_borrowed;

    /// One result of this tag: {id, from_name, to_name, type, value, original_width, …}.
    /// NULL in `validate_config`.
    const postil_batch_t *result_borrowed;
} postil_tag_call_t;

/// Judges and completes what a tag's results say. Identifier: "postil.tag/1".
///
/// A function that is NULL finds nothing wrong, changes nothing, measures nothing.
typedef struct postil_tag {
    uint32_t size;     ///< sizeof(postil_tag_t) as the plugin was built.
    uint32_t reserved; ///< Zero.

    /// Judges the element of a config before the config is saved. Pointers of problems lead into
    /// the element: "/attributes/minArea".
    ///
    /// Returns POSTIL_OK when it could judge, whatever it found. [any] since ABI 1.0
    postil_status_t (*validate_config)(const postil_tag_call_t *call_borrowed,
                                       const postil_problems_t *problems, postil_error_t *error);

    /// Judges one result before it is stored. Pointers of problems lead into the result:
    /// "/value/satellitepolygon/ring/3".
    ///
    /// Returns POSTIL_OK when it could judge, whatever it found. [any] since ABI 1.0
    postil_status_t (*validate_result)(const postil_tag_call_t *call_borrowed,
                                       const postil_problems_t *problems, postil_error_t *error);

    /// Writes one root: the result as it is to be stored, with what the server computes filled in.
    /// No root means "as it is". Only called for results without problems. Doing it twice gives
    /// the same as doing it once. [any] since ABI 1.0
    postil_status_t (*normalize)(const postil_tag_call_t *call_borrowed, postil_builder_t *builder,
                                 postil_error_t *error);

    /// Writes one root, an object `{name: number}`, with the measures of the manifest that this
    /// result has. [any] since ABI 1.0
    postil_status_t (*measures)(const postil_tag_call_t *call_borrowed, postil_builder_t *builder,
                                postil_error_t *error);
} postil_tag_t;

#ifdef __cplusplus
}
#endif

#endif
