namespace NovaJudge.Tests.Shared;

/// <summary>Tests that count the memory of the whole process: none of the others runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
