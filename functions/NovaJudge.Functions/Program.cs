using NovaJudge.Functions;

return await Bootstrap.RunAsync(Environment.GetEnvironmentVariable, Console.Out, CancellationToken.None);
