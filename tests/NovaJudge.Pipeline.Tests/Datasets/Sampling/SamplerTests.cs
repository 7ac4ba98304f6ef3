using System.Text;
using CsCheck;
using NovaJudge.Pipeline.Datasets;
using NovaJudge.Pipeline.Datasets.Sampling;

namespace NovaJudge.Pipeline.Tests.Datasets.Sampling;

public class SamplerTests
{
    [Fact]
    public async Task All_is_every_record_in_file_order()
    {
        var (sample, records) = await SampleAsync(Given.Squad(3, _ => 4), new SampleSettings(SampleMethod.All));

        sample.Size.ShouldBe(12);
        records.Select(record => record.Id).ShouldBe(Enumerable.Range(0, 12).Select(i => $"a{i / 4}q{i % 4}"));
    }

    [Fact]
    public async Task First_takes_the_head_and_reads_no_further()
    {
        var text = Given.Squad(3, _ => 4);

        var (sample, records) = await SampleAsync(text[..^100] + "garbage", new SampleSettings(SampleMethod.First, 5));

        sample.Counts.Records.ShouldBe(5);
        records.Select(record => record.Id).ShouldBe(["a0q0", "a0q1", "a0q2", "a0q3", "a1q0"]);
    }

    [Fact]
    public async Task A_seed_means_the_same_sample_on_every_machine_and_version()
    {
        var (_, records) = await SampleAsync(Given.Squad(10, _ => 10), new SampleSettings(SampleMethod.Random, 6, 42));

        records.Select(record => record.Id).ShouldBe(["a1q1", "a2q7", "a2q9", "a5q9", "a7q8", "a9q0"]);
    }

    [Fact]
    public async Task A_random_sample_is_in_file_order_without_repetitions()
    {
        var text = Given.Squad(40, _ => 25);
        var (_, all) = await SampleAsync(text, new SampleSettings(SampleMethod.All));

        var (sample, records) = await SampleAsync(text, new SampleSettings(SampleMethod.Random, 300, 5));

        sample.Size.ShouldBe(300);
        sample.Counts.Records.ShouldBe(1000);
        records.Select(record => record.Id).ShouldBeUnique();
        var place = all.Select((record, i) => (record.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
        records.Select(record => place[record.Id]).ShouldBeInOrder();
    }

    [Fact]
    public void A_permutation_of_the_input_gives_the_same_set() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60], Gen.Long, Gen.Bool, Gen.Int[0, 1_000_000]).Sample((count, size, seed, stratified, shuffle) =>
        {
            var lines = Enumerable.Range(0, count).Select(i => $$"""{"id":"q{{i}}","prompt":"p","cluster":"c{{i % 7}}"}""").ToArray();
            var shuffled = lines.ToArray();
            new Random(shuffle).Shuffle(shuffled);
            var settings = new SampleSettings(stratified ? SampleMethod.Stratified : SampleMethod.Random, Math.Min(size, count), seed);

            var one = SampleAsync(string.Join('\n', lines), settings, "p.jsonl").GetAwaiter().GetResult();
            var two = SampleAsync(string.Join('\n', shuffled), settings, "p.jsonl").GetAwaiter().GetResult();

            one.Records.Count.ShouldBe(settings.Size);
            two.Records.Select(record => record.Id).Order().ShouldBe(one.Records.Select(record => record.Id).Order());
        }, iter: 200);

    [Fact]
    public async Task Other_seeds_give_other_samples_and_every_record_its_chance()
    {
        var text = string.Concat(Enumerable.Range(0, 20).Select(i => $$"""{"id":"{{i}}","prompt":"p"}""" + "\n"));
        var taken = new int[20];

        for (var seed = 0; seed < 2000; seed++)
        {
            var (_, records) = await SampleAsync(text, new SampleSettings(SampleMethod.Random, 5, seed), "p.jsonl");
            foreach (var record in records)
            {
                taken[int.Parse(record.Id)]++;
            }
        }

        // Binomial(2000, 1/4): mean 500, standard deviation 19.4; five of them on either side.
        taken.ShouldAllBe(times => times > 403 && times < 597);
    }

    [Fact]
    public async Task Growing_the_size_keeps_what_was_drawn_before()
    {
        var text = Given.Squad(10, _ => 10);

        var (_, small) = await SampleAsync(text, new SampleSettings(SampleMethod.Random, 10, 3));
        var (_, large) = await SampleAsync(text, new SampleSettings(SampleMethod.Random, 30, 3));

        large.Select(record => record.Id).Intersect(small.Select(record => record.Id)).Count().ShouldBe(10);
    }

    [Fact]
    public async Task A_stratified_sample_takes_its_share_of_every_article_and_says_so()
    {
        var (sample, records) = await SampleAsync(Given.Squad(3, article => (article + 1) * 10), new SampleSettings(SampleMethod.Stratified, 12, 1));

        sample.Strata.ShouldBe([new("Article 0", 10, 2), new("Article 1", 20, 4), new("Article 2", 30, 6)]);
        records.GroupBy(record => record.Cluster).Select(group => (group.Key, group.Count())).ShouldBe([("Article 0", 2), ("Article 1", 4), ("Article 2", 6)]);
    }

    [Fact]
    public async Task Articles_of_one_title_are_one_stratum_even_if_the_title_comes_last()
    {
        const string text = """
            {"data":[
              {"paragraphs":[{"qas":[{"id":"1","question":"q"},{"id":"2","question":"q"}],"context":"c"}],"title":"T"},
              {"paragraphs":[{"qas":[{"id":"3","question":"q"},{"id":"4","question":"q"}],"context":"c"}]},
              {"paragraphs":[{"qas":[{"id":"5","question":"q"},{"id":"6","question":"q"}],"context":"c"}],"title":"T"}
            ]}
            """;

        var (sample, records) = await SampleAsync(text, new SampleSettings(SampleMethod.Stratified, 3, 9));

        sample.Strata.ShouldBe([new("T", 4, 2), new("article-2", 2, 1)]);
        records.Select(record => record.Cluster).Order().ShouldBe(["T", "T", "article-2"]);
    }

    [Fact]
    public async Task Records_without_a_cluster_are_a_stratum_of_their_own()
    {
        const string text = "id,prompt,cluster\n1,p,x\n2,p,\n3,p,x\n4,p,\n";

        var (sample, _) = await SampleAsync(text, new SampleSettings(SampleMethod.Stratified, 2, 9), "p.csv");

        sample.Strata.ShouldBe([new("x", 2, 1), new(null, 2, 1)]);
    }

    [Theory]
    [InlineData(SampleMethod.First)]
    [InlineData(SampleMethod.Random)]
    [InlineData(SampleMethod.Stratified)]
    public async Task A_sample_larger_than_the_data_is_refused(SampleMethod method)
    {
        var refused = await Should.ThrowAsync<DatasetException>(() => SampleAsync(Given.Squad(2, _ => 2), new SampleSettings(method, 5)));

        refused.Rule.ShouldBe(DatasetRules.SampleTooLarge);
        refused.Message.ShouldBe("s.json: a sample of 5 prompts was asked for, and the data set holds 4. Ask for fewer, or for all.");
    }

    [Theory]
    [InlineData(SampleMethod.First)]
    [InlineData(SampleMethod.Random)]
    [InlineData(SampleMethod.Stratified)]
    public async Task A_sample_of_at_most_so_many_takes_smaller_data_whole_but_not_none(SampleMethod method)
    {
        var settings = new SampleSettings(method, 5, AtMost: true);

        (await SampleAsync(Given.Squad(2, _ => 2), settings)).Records.Count.ShouldBe(4);
        (await SampleAsync(Given.Squad(3, _ => 2), settings)).Records.Count.ShouldBe(5);
        (await Should.ThrowAsync<DatasetException>(() => SampleAsync(Given.Squad(0, _ => 0), settings))).Rule.ShouldBe(DatasetRules.Empty);
    }

    [Fact]
    public async Task A_sample_of_nothing_is_refused()
    {
        var refused = await Should.ThrowAsync<DatasetException>(() => SampleAsync(Given.Squad(2, _ => 2), new SampleSettings(SampleMethod.Random)));

        refused.Rule.ShouldBe(DatasetRules.SampleSize);
    }

    [Fact]
    public async Task A_fault_behind_the_sample_is_found_before_a_record_is_given_out()
    {
        var text = Given.Squad(5, _ => 5).Replace("a4q4", "a0q0", StringComparison.Ordinal);

        var refused = await Should.ThrowAsync<DatasetException>(() => SampleAsync(text, new SampleSettings(SampleMethod.Random, 1)));

        refused.Rule.ShouldBe(DatasetRules.DuplicateId);
    }

    [Fact]
    public async Task A_file_that_changes_between_the_passes_is_noticed()
    {
        var opened = 0;
        var sample = await Sampler.SampleAsync(
            _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"id":"{{opened++}}","prompt":"p"}"""))),
            Given.Options("moving.jsonl"), new SampleSettings(SampleMethod.All), TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<DatasetException>(async () => await sample.Records.ToListAsync(TestContext.Current.CancellationToken));

        refused.Rule.ShouldBe(DatasetRules.Changed);
    }

    [Fact]
    public async Task Every_stream_opened_is_closed()
    {
        var streams = new List<MemoryStream>();
        Stream Open()
        {
            streams.Add(new MemoryStream(Encoding.UTF8.GetBytes(Given.Squad(2, _ => 2))));
            return streams[^1];
        }

        var sample = await Sampler.SampleAsync(_ => Task.FromResult(Open()), Given.Options("s.json"), new SampleSettings(SampleMethod.All), TestContext.Current.CancellationToken);
        await foreach (var _ in sample.Records.WithCancellation(TestContext.Current.CancellationToken))
        {
            break;
        }

        streams.Count.ShouldBe(2);
        streams.ShouldAllBe(stream => !stream.CanRead);
    }

    [Theory]
    [InlineData(SampleMethod.Random)]
    [InlineData(SampleMethod.Stratified)]
    public async Task Sampling_allocates_at_most_64_bytes_a_record(SampleMethod method)
    {
        const int records = 60_000;
        var text = Given.Squad(600, _ => records / 600);
        var settings = new SampleSettings(method, 600, 4);
        await SampleAsync(text, settings);
        var before = GC.GetAllocatedBytesForCurrentThread();

        // Nothing waits on a stream in memory, so both passes stay on this thread; 300 bytes are for each record of the sample.
        await SampleAsync(text, settings);

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before - (settings.Size * 300) - Encoding.UTF8.GetByteCount(text);
        ((double)bytes / records).ShouldBeLessThan(64);
    }

    private static async Task<(SampleResult Sample, List<DatasetRecord> Records)> SampleAsync(string text, SampleSettings settings, string name = "s.json")
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var sample = await Sampler.SampleAsync(
            _ => Task.FromResult<Stream>(new MemoryStream(bytes)), Given.Options(name), settings, TestContext.Current.CancellationToken);
        return (sample, await sample.Records.ToListAsync(TestContext.Current.CancellationToken));
    }
}
