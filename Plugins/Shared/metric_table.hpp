// The metric capability made of a C++ class, and the entry of a plugin that offers some.
#pragma once

#include "failure.hpp"
#include "plugin_table.hpp"

#include <postil/metric.h>

#include <limits>

namespace postil {

/// What a metric says when there is nothing to judge.
constexpr double no_score = std::numeric_limits<double>::quiet_NaN();
constexpr double no_bound = std::numeric_limits<double>::infinity();

/// Fills the capability's table from a class with
///
///     explicit Metric(const postil_metric_open_t &arguments);
///     double score(const postil_metric_call_t &call);
///
/// which throw `Failure`. One instance judges one pair at a time, so it may keep its buffers.
template <class Metric> struct MetricTable {
    static postil_status_t open(const postil_metric_open_t *arguments, void **instance,
                                postil_error_t *error) {
        return guarded(error, [&] {
            *instance = new Metric(*arguments);
            return static_cast<postil_status_t>(POSTIL_OK);
        });
    }

    static postil_status_t score(void *instance, const postil_metric_call_t *call, double *score,
                                 postil_error_t *error) {
        return guarded(error, [&] {
            *score = static_cast<Metric *>(instance)->score(*call);
            return static_cast<postil_status_t>(POSTIL_OK);
        });
    }

    static void close(void *instance) { delete static_cast<Metric *>(instance); }

    /// The table of a symmetric metric of two answers.
    static constexpr postil_metric_t pairs(double minimum, double maximum, uint32_t more = 0) {
        return {sizeof(postil_metric_t),
                POSTIL_METRIC_PAIR,
                POSTIL_METRIC_SYMMETRIC | more,
                0,
                minimum,
                maximum,
                open,
                score,
                nullptr,
                close};
    }
};

} // namespace postil
