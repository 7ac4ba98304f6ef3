using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace NovaJudge.Aws.Tests.Protocol;

/// <summary>The verifier itself, against signatures that AWS has published.</summary>
public sealed class SigV4VerifierTests
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    // From the Signature Version 4 test suite of AWS: get-vanilla, get-vanilla-query-order-key-case, post-vanilla, post-x-www-form-urlencoded.
    public static TheoryData<string, string, string, string> SuiteOfAws { get; } = new()
    {
        { "GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "GET", "/?Param2=value2&Param1=value1", "", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500" },
        { "POST", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b" },
        { "POST", "/", "Param1=value1", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a" },
    };

    [Theory]
    [MemberData(nameof(SuiteOfAws))]
    public void The_published_signatures_are_right(string method, string target, string body, string signature)
    {
        var call = Call(method, target, body, signature);

        var problem = Verifier(TimeSpan.Zero).Problem(call);

        problem.ShouldBeNull();
    }

    [Fact]
    public void The_published_signatures_of_s3_are_right()
    {
        var verifier = new SigV4Verifier("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null, "us-east-1", "s3",
            new FakeTimeProvider(new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero)));
        var get = new WireCall("GET", "/test.txt",
        [
            new("Host", "examplebucket.s3.amazonaws.com"), new("Range", "bytes=0-9"), new("x-amz-content-sha256", EmptyHash), new("x-amz-date", "20130524T000000Z"),
            new("Authorization", "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        ], []);
        var put = new WireCall("PUT", "/test%24file.text",
        [
            new("Date", "Fri, 24 May 2013 00:00:00 GMT"), new("Host", "examplebucket.s3.amazonaws.com"), new("x-amz-date", "20130524T000000Z"),
            new("x-amz-storage-class", "REDUCED_REDUNDANCY"), new("x-amz-content-sha256", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"),
            new("Authorization", "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        ], "Welcome to Amazon S3."u8.ToArray());

        var problems = new[] { verifier.Problem(get), verifier.Problem(put) };

        problems.ShouldAllBe(problem => problem == null);
    }

    [Theory]
    [InlineData("/?Param1=other", "")]
    [InlineData("/other", "")]
    [InlineData("/", "another body")]
    public void Whatever_is_changed_afterwards_is_noticed(string target, string body)
    {
        var call = Call("POST", target, body, "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");

        var problem = Verifier(TimeSpan.Zero).Problem(call);

        problem.ShouldNotBeNull().ShouldStartWith("the signature is another");
    }

    [Fact]
    public void An_old_signature_is_refused()
    {
        var call = Call("GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");

        var problem = Verifier(TimeSpan.FromMinutes(16)).Problem(call);

        problem.ShouldNotBeNull().ShouldStartWith("RequestTimeTooSkewed");
    }

    [Fact]
    public void A_header_of_amazon_that_is_not_signed_is_refused()
    {
        var call = Call("GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");

        var problem = Verifier(TimeSpan.Zero).Problem(call with { Headers = [.. call.Headers, new("X-Amz-Target", "Other")] });

        problem.ShouldBe("header x-amz-target must be signed");
    }

    private static SigV4Verifier Verifier(TimeSpan late) => new(
        "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null, "us-east-1", "service",
        new FakeTimeProvider(new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero) + late));

    private static WireCall Call(string method, string target, string body, string signature)
    {
        var form = body.Length > 0;
        var signed = form ? "content-type;host;x-amz-date" : "host;x-amz-date";
        List<KeyValuePair<string, string>> headers =
        [
            new("Host", "example.amazonaws.com"),
            new("X-Amz-Date", "20150830T123600Z"),
            new("Authorization", $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={signed}, Signature={signature}"),
        ];
        if (form)
        {
            headers.Add(new("Content-Type", "application/x-www-form-urlencoded"));
        }

        return new WireCall(method, target, headers, Encoding.UTF8.GetBytes(body));
    }
}
