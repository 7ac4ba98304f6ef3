using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Tests.Runs;
using NovaJudge.Tests.Shared;

namespace NovaJudge.Pipeline.Tests.Costs;

public sealed class RunSpendingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_in_flight_together_do_not_pass_the_ceiling()
    {
        var spending = new RunSpending(Request(maxUsd: 1));
        var made = 0;

        await Parallel.ForAsync(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Token }, async (_, token) =>
        {
            using var permit = await spending.EnterAsync("a", new Amount(0.5, 10), token);
            if (permit is not null)
            {
                await Task.Yield();
                Interlocked.Increment(ref made);
                spending.Add("a", answered: true, new Amount(0.03, 10), isKnown: true);
            }
        });

        made.ShouldBe(33);
        spending.Spent.Usd.ShouldBe(0.99, 1e-9);
        spending.Of("a").Calls.ShouldBe(33);
    }

    [Fact]
    public async Task Functions_in_flight_together_pass_the_ceiling_by_their_own_batches_at_most_and_the_next_one_makes_no_call()
    {
        const int Batches = 3;
        var store = new MemoryStore();
        var request = Request(maxUsd: 1);
        var made = 0;
        RunSpending[] open = [.. await Task.WhenAll(Enumerable.Range(0, Batches).Select(batch => new StoreSpending(store).OpenAsync(request, "a", batch, Token).AsTask()))];

        for (var batch = 0; batch < Batches; batch++)
        {
            await AskAsync(open[batch]);
            await new StoreSpending(store).CloseAsync(open[batch], "a", batch, Token);
        }

        made.ShouldBe(Batches * 10);
        await AskAsync(await new StoreSpending(store).OpenAsync(request, "a", Batches, Token));
        made.ShouldBe(Batches * 10);

        async Task AskAsync(RunSpending spending)
        {
            while (await spending.EnterAsync("a", new Amount(0.5, 10), Token) is { } permit)
            {
                made++;
                spending.Add("a", answered: true, new Amount(0.1, 10), isKnown: true);
                permit.Dispose();
            }
        }
    }

    [Fact]
    public async Task What_costs_nothing_runs_under_a_ceiling_of_nothing()
    {
        var spending = new RunSpending(Request(maxUsd: 0));

        for (var i = 0; i < 3; i++)
        {
            using var permit = await spending.EnterAsync("a", default, Token);
            permit.ShouldNotBeNull();
            spending.Add("a", answered: true, new Amount(0, 100), isKnown: true);
        }
    }

    [Fact]
    public async Task What_others_have_spent_counts()
    {
        var spending = new RunSpending(Request(maxUsd: 1), before: new Amount(1, 0));

        (await spending.EnterAsync("b", new Amount(0.1, 1), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Batches_tell_each_other_by_the_names_of_objects_and_a_second_attempt_is_not_added_to_the_first()
    {
        var store = new MemoryStore();
        var watch = new StoreSpending(store);
        var request = Request(maxUsd: 10);
        foreach (var (batch, usd) in new[] { (0, 1.25), (1, 0.5), (0, 1.5) })
        {
            var spending = new RunSpending(request);
            spending.Add("a", answered: true, new Amount(usd, 100), isKnown: true);
            await watch.CloseAsync(spending, "a", batch, Token);
        }

        (await watch.OpenAsync(request, "a", 7, Token)).Spent.Usd.ShouldBe(2, 1e-9);
        (await watch.OpenAsync(request, "a", 0, Token)).Spent.Usd.ShouldBe(0.5, 1e-9);
        (await StoreSpending.SumAsync(store, request.RunId, Token)).Usd.ShouldBe(2, 1e-9);
    }

    [Fact]
    public void A_ceiling_in_dollars_that_nobody_can_watch_is_refused_and_one_in_tokens_is_not()
    {
        var request = Request(maxUsd: 1) with { ModelA = ModelSettings.Of(ModelSpec.Parse("openai:https://gateway.example/v1#m")) };
        var estimate = CostEstimator.Of(request, new TextLengths(10, 1000, 0), null);

        var error = Should.Throw<PipelineException>(() => Ceiling.Check(request.Cost, estimate));

        error.ErrorName.ShouldBe(ErrorNames.BadInput);
        error.Message.ShouldContain("no price is known for openai:https://gateway.example/v1#m");
        error.Message.ShouldContain("--prices FILE");
        Should.NotThrow(() => Ceiling.Check(new CostSettings { MaxTokens = 1_000_000 }, estimate));
    }

    [Fact]
    public void What_costs_more_than_it_may_by_the_lowest_estimate_is_refused()
    {
        var request = Request(maxUsd: 0.01) with { ModelA = ModelSettings.Of(ModelSpec.Parse("bedrock:global.anthropic.claude-sonnet-4-6")) };

        var error = Should.Throw<PipelineException>(() => Ceiling.Check(request.Cost, CostEstimator.Of(request, new TextLengths(1000, 4_000_000, 0), null)));

        error.ErrorName.ShouldBe(ErrorNames.CostCeiling);
        error.Message.ShouldContain("of $0.01");
    }

    private static EvaluationRequest Request(double maxUsd)
    {
        var problems = new List<string>();
        using var body = System.Text.Json.JsonDocument.Parse("{}");
        var request = new RequestReader(RequestReaderTests.Defaults).Read(
            body.RootElement, new RunIdentity(RunId.Parse("run-1"), DateTimeOffset.UnixEpoch, RunTrigger.Local), problems);
        problems.ShouldBeEmpty();
        return request with
        {
            ModelA = ModelSettings.Of(ModelSpec.Parse("embedded:x")),
            ModelB = ModelSettings.Of(ModelSpec.Parse("embedded:y")),
            Judge = request.Judge with { Kind = "embedded:token-f1" },
            Cost = new CostSettings { MaxUsd = maxUsd },
        };
    }
}
