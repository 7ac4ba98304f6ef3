using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using Parquet;
using Parquet.Schema;
using static NovaJudge.Pipeline.Tests.Judging.Archive.ArchiveFixture;
using static NovaJudge.Pipeline.Tests.Judging.Archive.DetailsFixture;

namespace NovaJudge.Pipeline.Tests.Judging.Archive;

public class JudgeArchiveReaderTests
{
    private static readonly string[] Prompts = ["Who?", "What?"];

    [Fact]
    public async Task The_public_example_is_read_as_reported()
    {
        var archive = await ReadAsync(Pack((ResultsPath, Bytes(PublicResults))));

        archive.RunName.ShouldBe("nova-run");
        archive.Marker.ShouldBeNull();
        archive.Aggregates.AScores.ShouldBe(16);
        archive.Aggregates.AScoresStderr.ShouldBe(0.03);
        archive.Aggregates.BScores.ShouldBe(10);
        archive.Aggregates.WinRate.ShouldBe(0.38);
        archive.Aggregates.LowerRate.ShouldBe(0.23);
        archive.Aggregates.UpperRate.ShouldBe(0.56);
        archive.RowCount.ShouldBe(0);
        archive.Diagnostics.ShouldHaveSingleItem().ShouldContain("no details of single rows");
    }

    [Theory]
    [InlineData("./run/eval_results/results_2025.json", "run")]
    [InlineData("run/eval-result/results_2025-12-09T01-39-55.025383+00-00.json", "run")]
    [InlineData("results_x.json", null)]
    public async Task Results_are_found_wherever_they_lie(string path, string? runName)
    {
        var archive = await ReadAsync(Pack(("other/file.txt", [1]), (path, Bytes(PublicResults))));

        archive.RunName.ShouldBe(runName);
        archive.Aggregates.AScores.ShouldBe(16);
    }

    [Fact]
    public async Task Python_dicts_are_read_from_text_columns()
    {
        var details = await TextAsync(
            ("example", Prompts),
            ("metrics", ["{'forward_output': \"[[A>B]]\", 'backward_output': ['[[B>A]]'], 'a_scores': np.float64(2.0), 'b_scores': nan, 'ties': None, 'extra': {'x': [1, (2, 3)]}}", "not a dict"]));

        var archive = await ReadAsync(Packed(Counts(2, 0), details));
        var rows = await RowsAsync(archive);

        rows[0].Metrics.ShouldBe(new RowMetrics { ForwardOutput = "[[A>B]]", BackwardOutput = "[[B>A]]", AScores = 2 });
        rows[1].Metrics.ShouldBe(RowMetrics.None);
        rows.Select(row => row.Prompts.Single()).ShouldBe(Prompts.Select(prompt => PromptHash.Of(prompt)));
    }

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Brotli)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.Lz4Raw)]
    public async Task Every_compression_is_read(CompressionMethod compression)
    {
        var details = await TextAsync(compression, ("prompt", Prompts), ("metrics", [Dict("[[A>B]]", "[[B>A]]", 2, 0), Dict("[[A=B]]", "[[A=B]]", 0, 0, 2)]));

        var rows = await RowsAsync(await ReadAsync(Packed(Counts(2, 0, 2), details)));

        rows[1].Metrics.ForwardOutput.ShouldBe("[[A=B]]");
        rows[1].Metrics.Ties.ShouldBe(2);
    }

    [Fact]
    public async Task Nested_structs_and_lists_are_read()
    {
        var schema = new ParquetSchema(
            new StructField("doc", new DataField<string>("query")),
            new StructField(
                "metrics",
                new ListField("forward_output", new DataField<string>("element")),
                new DataField<string>("backward_output"),
                new DataField<double?>("a_scores"),
                new DataField<float>("b_scores"),
                new DataField<long>("ties"),
                new DataField<bool>("inference_error")),
            new StructField("specifics", new DataField<string>("prompt")));
        var details = await WriteAsync(schema, CompressionMethod.Snappy, async (group, fields) =>
        {
            await group.WriteAsync(fields[0], ["instructions and Who?", "instructions and What?"]);
            await group.WriteAsync(fields[1], ["[[A>B]]", "because", "[[B>A]]"], new[] { 0, 0, 1 });
            await group.WriteAsync(fields[2], new string?[] { "[[B>A]]", null });
            await group.WriteAllPartsAsync<double>(fields[3], new[] { 2.0 }, new[] { 2, 1 }, null, TestContext.Current.CancellationToken);
            await group.WriteAllPartsAsync<float>(fields[4], new[] { 0f, 1f }, new[] { 1, 1 }, null, TestContext.Current.CancellationToken);
            await group.WriteAllPartsAsync<long>(fields[5], new[] { 0L, 1L }, new[] { 1, 1 }, null, TestContext.Current.CancellationToken);
            await group.WriteAllPartsAsync<bool>(fields[6], new[] { false, true }, new[] { 1, 1 }, null, TestContext.Current.CancellationToken);
            await group.WriteAsync(fields[7], Prompts);
        });

        var archive = await ReadAsync(Packed(Counts(2, 1, 1), details));
        var rows = await RowsAsync(archive);

        archive.PromptColumns.ShouldBe(["doc.query", "specifics.prompt"]);
        rows[0].Prompts[1].ShouldBe(PromptHash.Of("Who?"));
        rows[0].Metrics.ShouldBe(new RowMetrics { ForwardOutput = "[[A>B]]", BackwardOutput = "[[B>A]]", AScores = 2, BScores = 0, Ties = 0, InferenceError = 0 });
        rows[1].Metrics.ShouldBe(new RowMetrics { ForwardOutput = "because\n[[B>A]]", BScores = 1, Ties = 1, InferenceError = 1 });
    }

    [Fact]
    public async Task The_prompt_is_found_inside_a_dict_written_as_text()
    {
        var details = await TextAsync(
            ("specifics", ["{'response_A': \"it's\", 'prompt': 'Who?'}", "{\"prompt\": \"What?\", \"n\": null}"]),
            ("metrics", [Dict("[[A>B]]", "[[B>A]]", 2, 0), Dict("[[A>B]]", "[[B>A]]", 2, 0)]));

        var rows = await RowsAsync(await ReadAsync(Packed(Counts(4, 0), details)));

        rows.Select(row => row.Prompts.Single()).ShouldBe(Prompts.Select(prompt => PromptHash.Of(prompt)));
    }

    [Fact]
    public async Task Missing_columns_leave_gaps_and_no_failure()
    {
        var details = await TextAsync(("padded", ["0", "0"]), ("predictions", ["[]", "[]"]));

        var archive = await ReadAsync(Packed(Counts(2, 0), details));
        var rows = await RowsAsync(archive);

        archive.PromptColumns.ShouldBeEmpty();
        rows.Count.ShouldBe(2);
        rows.ShouldAllBe(row => row.Metrics == RowMetrics.None);
    }

    [Fact]
    public async Task Details_that_are_no_Parquet_cost_the_rows_and_not_the_aggregates()
    {
        var archive = await ReadAsync(Packed(Counts(2, 0), Bytes("PAR1 and then nothing")));

        archive.Aggregates.AScores.ShouldBe(2);
        archive.RowCount.ShouldBe(0);
        archive.Diagnostics.ShouldHaveSingleItem().ShouldContain("damaged");
    }

    [Fact]
    public async Task Damage_inside_the_details_is_named_when_the_rows_are_read()
    {
        var details = await TextAsync(("example", Prompts), ("metrics", [Dict("[[A>B]]", "[[B>A]]", 2, 0), Dict("[[A>B]]", "[[B>A]]", 2, 0)]));
        for (var index = 8; index < 120; index++)
        {
            details[index] ^= 0x5a;
        }

        var archive = await ReadAsync(Packed(Counts(4, 0), details));
        var damage = await Should.ThrowAsync<PipelineException>(() => RowsAsync(archive));

        damage.ErrorName.ShouldBe(ErrorNames.JudgeOutput);
        damage.Message.ShouldContain("details_custom|llm_judge_judge|0");
    }

    [Fact]
    public async Task Details_of_other_tasks_are_left_aside()
    {
        var own = await TextAsync(("example", ["Who?"]), ("metrics", [Dict("[[A>B]]", "[[B>A]]", 2, 0)]));
        var other = await TextAsync(("example", ["x", "y"]), ("metrics", ["{}", "{}"]));

        var archive = await ReadAsync(Pack(
            (ResultsPath, Counts(2, 0)), (DetailsPath, own), (DetailsPath.Replace("llm_judge_judge", "mmlu", StringComparison.Ordinal), other)));

        archive.RowCount.ShouldBe(1);
        archive.Diagnostics.ShouldHaveSingleItem().ShouldContain("mmlu");
    }

    [Fact]
    public async Task Of_several_attempts_the_details_of_the_results_own_time_are_read()
    {
        var own = await TextAsync(("example", ["Who?"]), ("metrics", [Dict("[[A>B]]", "[[B>A]]", 2, 0)]));
        var earlier = await TextAsync(("example", ["x", "y"]), ("metrics", ["{}", "{}"]));

        var archive = await ReadAsync(Pack(
            (ResultsPath, Counts(2, 0)), (DetailsPath, own), (DetailsPath.Replace("2025", "2024", StringComparison.Ordinal), earlier)));

        archive.RowCount.ShouldBe(1);
    }

    [Fact]
    public async Task Of_several_attempts_none_is_read_when_none_is_the_results_own()
    {
        var one = await TextAsync(("example", ["Who?"]), ("metrics", ["{}"]));

        var archive = await ReadAsync(Pack(
            (ResultsPath, Counts(2, 0)),
            (DetailsPath.Replace("2025", "2023", StringComparison.Ordinal), one),
            (DetailsPath.Replace("2025", "2024", StringComparison.Ordinal), one)));

        archive.RowCount.ShouldBe(0);
        archive.Diagnostics.ShouldHaveSingleItem().ShouldContain("2 folders");
    }

    [Fact]
    public async Task The_rubric_judges_further_fields_are_kept()
    {
        var results = Bytes("""{"results":{"custom|rubric_llm_judge_judge|0":{"a_scores":3,"b_scores":7,"weighted_score_A":0.4,"score_margin":-0.1,"score_margin_stderr":NaN,"inference_error":1,"ties":0}}}""");
        var details = await TextAsync(("metrics", ["{'predictions': 'B>A', 'a_scores': 0, 'b_scores': 2, 'weighted_score_A': 0.25, 'weighted_score_B': 0.75, 'score_margin': -0.5, 'criteria_breakdown': {'price': {'score_A': 2, 'description': \"it's {fine}\"}}}"]));

        var archive = await ReadAsync(Pack((ResultsPath, results), (DetailsPath, details)));
        var row = (await RowsAsync(archive)).Single();

        archive.FurtherAggregates.ShouldBe(new Dictionary<string, double> { ["score_margin"] = -0.1, ["weighted_score_A"] = 0.4 });
        row.Metrics.ShouldBe(new RowMetrics { AScores = 0, BScores = 2, WeightedScoreA = 0.25, WeightedScoreB = 0.75, ScoreMargin = -0.5 });
    }

    [Fact]
    public async Task A_hundred_thousand_rows_are_all_read_in_good_time()
    {
        var rows = Enumerable.Range(0, 100_000).Select(index => Row($"Prompt {index} {new string('x', 200)}", (PassVerdict)(index % 3), PassVerdict.B));
        var bytes = await WriteAsync(rows);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        var archive = await ReadAsync(bytes);
        var count = await archive.ReadRowsAsync(TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken);

        count.ShouldBe(100_000);

        // About 0.2 s on an idle machine; the limit only notices a change of order.
        System.Diagnostics.Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }
}
