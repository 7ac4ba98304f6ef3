using System.Collections.Concurrent;
using NovaJudge.LocalAws.Protocol;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>Looks at the signature of every call that the stand-ins for AWS get, and counts the calls.</summary>
internal sealed class SignatureCheck(string accessKey, string secretKey, string? sessionToken, string region)
{
    /// <summary>How many calls each service got.</summary>
    public ConcurrentDictionary<string, int> Calls { get; } = new();

    /// <summary>What was wrong.</summary>
    public ConcurrentQueue<string> Problems { get; } = new();

    /// <summary>What is wrong with a call's signature; <c>null</c>: nothing.</summary>
    public string? Problem(SignedRequest call)
    {
        Calls.AddOrUpdate(call.Service, 1, (_, count) => count + 1);
        var problem = new SigV4Verifier(accessKey, secretKey, sessionToken, region, call.Service, TimeProvider.System)
            .Problem(new WireCall(call.Method, call.RawTarget, call.Headers, call.Body));
        if (problem is not null)
        {
            Problems.Enqueue($"{call.Service} {call.Method} {call.RawTarget}: {problem}");
        }

        return problem;
    }
}
