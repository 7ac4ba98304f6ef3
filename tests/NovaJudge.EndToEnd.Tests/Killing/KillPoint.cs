namespace NovaJudge.EndToEnd.Tests.Killing;

/// <summary>When a process is killed: at the so-manieth event of a kind.</summary>
/// <param name="Event">What is counted.</param>
/// <param name="Number">The event that is the last one, from 1.</param>
internal sealed record KillPoint(KillEvent Event, int Number);

/// <summary>What a running command does that others can see at once.</summary>
internal enum KillEvent
{
    /// <summary>A model's server got a call, and has not answered it.</summary>
    CallReceived,

    /// <summary>The store began to write an object: its temporary file is there.</summary>
    WriteBegun,

    /// <summary>The store moved an object into its place.</summary>
    WriteDone,
}
