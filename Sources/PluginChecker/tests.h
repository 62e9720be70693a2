/// All tests of the worker. Each runs in a process of its own.
#ifndef POSTIL_CHECKER_TESTS_H
#define POSTIL_CHECKER_TESTS_H

// The library as a whole.
void test_load(void);
void test_quiet_constructors(void);
void test_entry_repeats(void);
void test_entry_threads(void);
void test_older_abi(void);
void test_offers(void);
void test_unknown_capability(void);
void test_newer_host_table(void);

// Exporters.
void test_exporter_table(void);
void test_exporter_empty(void);
void test_exporter_abort(void);
void test_exporter_reopen(void);
void test_exporter_side_by_side(void);
void test_exporter_sample(void);
void test_exporter_repeats(void);
void test_exporter_batch_sizes(void);
void test_exporter_given_back(void);
void test_exporter_every_kind(void);
void test_exporter_odd_tasks(void);
void test_exporter_deep(void);
void test_exporter_fuzz(void);
void test_exporter_many(void);
void test_exporter_huge(void);
void test_exporter_sink_open_fails(void);
void test_exporter_sink_write_fails(void);
void test_exporter_sink_close_fails(void);
void test_exporter_quota(void);
void test_exporter_cancel(void);
void test_exporter_threads(void);
void test_exporter_moves(void);
void test_exporter_newer_host(void);
void test_exporter_small_error(void);
void test_exporter_slope(void);
void test_exporter_calls(void);

// Import sources.
void test_import_table(void);
void test_import_sample(void);
void test_import_empty(void);
void test_import_small_batches(void);
void test_import_resume(void);
void test_import_truncated(void);
void test_import_garbage(void);
void test_import_unreadable(void);
void test_import_reopen(void);
void test_import_cancel(void);
void test_import_threads(void);
void test_import_slope(void);
void test_import_calls(void);

// Tags.
void test_tag_table(void);
void test_tag_sample(void);
void test_tag_pure(void);
void test_tag_normalize(void);
void test_tag_measures(void);
void test_tag_odd_results(void);
void test_tag_missing_trees(void);
void test_tag_threads(void);
void test_tag_slope(void);
void test_tag_calls(void);
void test_tag_agrees(void);

// Metrics.
void test_metric_table(void);
void test_metric_sample(void);
void test_metric_pure(void);
void test_metric_batch(void);
void test_metric_symmetric(void);
void test_metric_given_back(void);
void test_metric_fuzz(void);
void test_metric_cancel(void);
void test_metric_threads(void);
void test_metric_slope(void);
void test_metric_calls(void);

// The sandbox that all of them run in.
void test_sandbox(void);

#endif
