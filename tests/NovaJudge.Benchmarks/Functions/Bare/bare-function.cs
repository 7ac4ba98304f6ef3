#:property RestorePackagesWithLockFile=false
#:property PublishAot=true

// The least that a function of .NET can do, as the SDK compiles it: takes a call from the Lambda Runtime API, reads an object, puts
// an object and answers. Nothing is signed (the stand-in only asks whose call it is), parsed or tried again. The start of our own functions is measured beside it.
using var client = new HttpClient();
client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0");
var api = $"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/invocation/";
var bucket = $"{Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL")}/{Environment.GetEnvironmentVariable("NOVA_BUCKET")}";
using var next = await client.GetAsync(api + "next");
await next.Content.ReadAsByteArrayAsync();
using (var read = await client.GetAsync($"{bucket}/incoming/pairs.jsonl"))
{
    await read.Content.ReadAsByteArrayAsync();
}

using (var put = await client.PutAsync($"{bucket}/bare/{Guid.NewGuid():N}", new ByteArrayContent(new byte[300])))
{
    put.EnsureSuccessStatusCode();
}

using var answer = await client.PostAsync($"{api}{next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").First()}/response", new ByteArrayContent("{}"u8.ToArray()));
await new TaskCompletionSource().Task; // Lambda freezes a function that has answered.
