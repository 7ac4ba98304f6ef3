namespace NovaJudge.StatesLanguage.Running;

/// <summary>Runs numbered work, at most so many at a time, in order of their numbers. No threads: everything stays on the execution's loop.</summary>
internal static class WorkerPool
{
    /// <summary>Ends when all work has ended. Cancellation of the siblings ends it quietly; anything else thrown cancels them and is thrown on.</summary>
    public static async Task RunAsync(int count, int concurrency, Func<int, ValueTask> work, CancellationTokenSource siblings)
    {
        var next = 0;
        Exception? thrown = null;
        var workers = new List<Task>(Math.Min(count, concurrency));
        for (var i = 0; i < concurrency && next < count; i++)
        {
            var worker = WorkAsync();
            if (!worker.IsCompleted)
            {
                workers.Add(worker);
            }
        }

        await Task.WhenAll(workers);
        if (thrown is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
        }

        async Task WorkAsync()
        {
            try
            {
                while (next < count && !siblings.IsCancellationRequested)
                {
                    await work(next++);
                }
            }
            catch (OperationCanceledException) when (siblings.IsCancellationRequested)
            {
            }
            catch (Exception fatal)
            {
                thrown ??= fatal;
                siblings.Cancel();
            }
        }
    }
}
