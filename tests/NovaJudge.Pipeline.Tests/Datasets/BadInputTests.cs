using System.Text;
using NovaJudge.Pipeline.Datasets;

namespace NovaJudge.Pipeline.Tests.Datasets;

public class BadInputTests
{
    [Theory]
    [InlineData("e.json", "")]
    [InlineData("e.jsonl", "\n \r\n\t\n")]
    [InlineData("e.json", """{"version":"1.1","data":[]}""")]
    [InlineData("e.json", """{"data":[{"title":"t","paragraphs":[{"context":"c","qas":[]}]}]}""")]
    [InlineData("e.csv", "id,prompt\n")]
    public async Task An_empty_data_set_is_refused(string name, string text)
    {
        var refused = await Given.RefusedAsync(name, text);

        refused.Rule.ShouldBe(DatasetRules.Empty);
        refused.Message.ShouldStartWith(name + ": ");
    }

    [Fact]
    public async Task Malformed_json_is_refused_with_its_line()
    {
        var lines = Enumerable.Range(1, 5000).Select(i => $$"""{"id":"{{i}}","prompt":"p{{i}}"}""").ToArray();
        lines[4710] = """{"id":"4711","prompt":"p" "context":"c"}""";

        var refused = await Given.RefusedAsync("p.jsonl", string.Join('\n', lines));

        refused.Rule.ShouldBe(DatasetRules.MalformedJson);
        refused.Line.ShouldBe(4711);
        refused.Message.ShouldStartWith("p.jsonl, line 4711: malformed JSON at byte 27 of the line");
    }

    [Fact]
    public async Task Malformed_squad_is_refused_with_line_byte_and_path()
    {
        var text = Given.Squad(3000, _ => 2).Replace("],", "],\n", StringComparison.Ordinal);
        var at = text.IndexOf("a2999q1", StringComparison.Ordinal);
        var line = text[..at].Count(c => c == '\n') + 1;

        var refused = await Given.RefusedAsync("s.json", text.Insert(at + 8, "?"));

        refused.Rule.ShouldBe(DatasetRules.MalformedJson);
        refused.Line.ShouldBe(line);
        refused.Message.ShouldContain("$.data[2999].paragraphs[0].qas[1]");
        refused.Message.ShouldContain($"byte {at + 8:N0}");
    }

    [Theory]
    [InlineData("p.jsonl", "{\"prompt\":\"a\"}\n{\"prompt\":\"b", 2)]
    [InlineData("p.json", "{\"data\":[{\"title\":\"t\",\n\"paragraphs\":[{\"context\":\"c\",\"qas\":[{\"id\":\"1\",\"question\":\"q\"}]", 2)]
    [InlineData("p.csv", "prompt\n\"a\nb", 2)]
    public async Task A_truncated_file_is_refused(string name, string text, long line)
    {
        var refused = await Given.RefusedAsync(name, text);

        refused.Rule.ShouldBe(DatasetRules.Truncated);
        refused.Line.ShouldBe(line);
        refused.Message.ShouldContain("whole");
    }

    [Theory]
    [InlineData(DatasetFormat.Jsonl, "prompt")]
    [InlineData(DatasetFormat.Csv, "prompt")]
    [InlineData(DatasetFormat.Squad, "$.data[0].paragraphs[0].context")]
    public async Task A_prompt_of_ten_megabytes_is_refused(DatasetFormat format, string what)
    {
        var prompt = new string('x', 10 * 1024 * 1024);
        var text = format switch
        {
            DatasetFormat.Jsonl => $$"""{"prompt":"{{prompt}}"}""",
            DatasetFormat.Csv => $"prompt\n{prompt}\n",
            _ => $$"""{"data":[{"paragraphs":[{"context":"{{prompt}}","qas":[]}]}]}""",
        };

        var refused = await Given.RefusedAsync("big", text, format);

        refused.Rule.ShouldBe(DatasetRules.TooLong);
        refused.Message.ShouldContain(what);
        refused.Message.ShouldContain("10,485,760 bytes, and at most 1,048,576");
    }

    [Theory]
    [InlineData(DatasetFormat.Jsonl)]
    [InlineData(DatasetFormat.Csv)]
    [InlineData(DatasetFormat.Squad)]
    public async Task A_line_without_end_is_given_up_before_it_fills_the_memory(DatasetFormat format)
    {
        var text = (format == DatasetFormat.Squad ? "{\"data\":[{\"title\":\"" : format == DatasetFormat.Csv ? "prompt\n\"" : "{\"prompt\":\"") + new string('x', 3_000_000);
        var options = Given.Options("endless", format) with { MaxPromptBytes = 1024 };

        var refused = await Should.ThrowAsync<DatasetException>(() => Given.ReadAsync(options, Encoding.UTF8.GetBytes(text), new DatasetCounts()));

        refused.Rule.ShouldBe(DatasetRules.TooLong);
        refused.Message.ShouldContain("given up unread");
    }

    [Fact]
    public async Task Questions_that_wait_for_their_context_may_not_fill_the_memory()
    {
        var questions = string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"id":"{{i}}","question":"{{new string('x', 1000)}}"}"""));
        var options = Given.Options("late.json") with { MaxPromptBytes = 1024 };

        var refused = await Should.ThrowAsync<DatasetException>(
            () => Given.ReadAsync(options, Encoding.UTF8.GetBytes($$"""{"data":[{"paragraphs":[{"qas":[{{questions}}],"context":""}]}]}"""), new DatasetCounts()));

        refused.Rule.ShouldBe(DatasetRules.TooLong);
        refused.Message.ShouldContain("$.data[0].paragraphs[0].qas[65].question");
    }

    [Fact]
    public async Task Prompt_and_context_are_measured_together()
    {
        var options = Given.Options("p.jsonl") with { MaxPromptBytes = 10 };

        var refused = await Should.ThrowAsync<DatasetException>(
            () => Given.ReadAsync(options, """{"prompt":"123456","context":"78901"}"""u8.ToArray(), new DatasetCounts()));

        refused.Rule.ShouldBe(DatasetRules.TooLong);
    }

    [Theory]
    [InlineData("d.jsonl", "{\"id\":\"x\",\"prompt\":\"a\"}\n{\"id\":\"y\",\"prompt\":\"b\"}\n{\"id\":\"x\",\"prompt\":\"c\"}", 3, "record 1")]
    [InlineData("d.csv", "id,prompt\nw,1\nx,a\nx,b\n", 4, "record 2")]
    public async Task A_duplicate_id_is_refused_with_both_places(string name, string text, long line, string first)
    {
        var refused = await Given.RefusedAsync(name, text);

        refused.Rule.ShouldBe(DatasetRules.DuplicateId);
        refused.Line.ShouldBe(line);
        refused.Message.ShouldContain("\"x\"");
        refused.Message.ShouldContain(first);
    }

    [Fact]
    public async Task A_duplicate_id_in_squad_is_refused_with_its_path()
    {
        var text = Given.Squad(20, _ => 3).Replace("a11q1", "a3q2", StringComparison.Ordinal);

        var refused = await Given.RefusedAsync("s.json", text);

        refused.Rule.ShouldBe(DatasetRules.DuplicateId);
        refused.Message.ShouldContain("$.data[11].paragraphs[0].qas[1]");
        refused.Message.ShouldContain("record 12");
    }

    [Theory]
    [InlineData("n.jsonl", "{\"prompt\":\"a\"}\n{\"prompt\":\"b\0\"}\n", 2)]
    [InlineData("n.jsonl", "{\"prompt\":\"a\"}\n{\"prompt\":\"b\\u0000\"}\n", 2)]
    [InlineData("n.csv", "prompt\na\nb\0\n", 3)]
    [InlineData("n.json", "{\"data\":[{\"paragraphs\":\n[{\"context\":\"c\\u0000\",\"qas\":[]}]}]}", 2)]
    public async Task Nul_is_refused(string name, string text, long line)
    {
        var refused = await Given.RefusedAsync(name, text);

        refused.Rule.ShouldBe(DatasetRules.NulByte);
        refused.Line.ShouldBe(line);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xC3)]
    [InlineData(0x80)]
    public async Task Invalid_utf8_is_refused_with_line_and_byte(byte wrong)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"prompt\":\"é{i}\"}}\n")));
        var at = text.AsSpan().IndexOf("é15000"u8);
        text[at] = wrong == 0x80 ? (byte)'x' : wrong;
        text[at + 1] = wrong == 0x80 ? wrong : (byte)'x';

        var refused = await Given.RefusedAsync("u.jsonl", text);

        refused.Rule.ShouldBe(DatasetRules.InvalidUtf8);
        refused.Line.ShouldBe(15_001);
        refused.Message.ShouldContain($"byte {(wrong == 0x80 ? at + 1 : at):N0} (0x{wrong:X2})");
    }

    [Fact]
    public async Task Of_two_faults_the_first_in_the_file_is_named()
    {
        var refused = await Given.RefusedAsync("u.jsonl", [.. "{\"prompt\":\"a\"}\n{\"prompt\":1}\n{\"prompt\":\""u8, 0xFF, .. "\"}"u8]);

        refused.Rule.ShouldBe(DatasetRules.WrongType);
        refused.Line.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_ends_inside_a_character_is_refused()
    {
        var refused = await Given.RefusedAsync("u.csv", [.. "prompt\né"u8[..^1]]);

        refused.Rule.ShouldBe(DatasetRules.InvalidUtf8);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused()
    {
        var refused = await Given.RefusedAsync("h.jsonl", """{"prompt":"\ud83d!"}""");

        refused.Rule.ShouldBe(DatasetRules.InvalidText);
        refused.Line.ShouldBe(1);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Utf16_is_refused_by_name(bool bigEndian, bool mark)
    {
        var encoding = new UnicodeEncoding(bigEndian, mark);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("""{"prompt":"p"}""")];

        var refused = await Given.RefusedAsync("w.jsonl", bytes);

        refused.Rule.ShouldBe(DatasetRules.Utf16);
        refused.Message.ShouldContain("UTF-8");
    }

    [Theory]
    [InlineData("a.jsonl", "{\"prompt\":\"p\"}\n{\"prompt\":\"p\",\"refs\":[]}", 2, DatasetRules.UnknownField, "\"refs\"")]
    [InlineData("a.jsonl", """{"prompt":"p","Context":"c"}""", 1, DatasetRules.UnknownField, "Did you mean \"context\"")]
    [InlineData("a.csv", "prompt,answer\np,a\n", 1, DatasetRules.UnknownField, "\"answer\"")]
    [InlineData("a.csv", "id;prompt\n1;p\n", 1, DatasetRules.UnknownField, "separated by commas")]
    [InlineData("a.jsonl", "{\"prompt\":\"p\"}\n{\"prompt\":\"p\",\"response_A\":\"a\"}", 2, DatasetRules.UnknownField, "pairs")]
    [InlineData("a.jsonl", "{\"prompt\":\"p\"}\n{\"id\":\"2\"}", 2, DatasetRules.MissingField, "\"prompt\"")]
    [InlineData("a.jsonl", """{"prompt":"p","response_A":"a"}""", 1, DatasetRules.MissingField, "\"response_B\"")]
    [InlineData("a.csv", "id,context\n1,c\n", 1, DatasetRules.MissingField, "\"prompt\"")]
    [InlineData("a.csv", "id,prompt\n1,\n", 2, DatasetRules.MissingField, "\"prompt\"")]
    [InlineData("a.csv", "prompt,response_A\np,a\n", 1, DatasetRules.MissingField, "response_B")]
    [InlineData("a.jsonl", """{"prompt":3}""", 1, DatasetRules.WrongType, "a number")]
    [InlineData("a.jsonl", """{"prompt":null}""", 1, DatasetRules.WrongType, "null")]
    [InlineData("a.jsonl", """{"prompt":"p","references":"r"}""", 1, DatasetRules.WrongType, "array of strings")]
    [InlineData("a.jsonl", """{"prompt":"p","references":[["r"]]}""", 1, DatasetRules.WrongType, "array of strings")]
    [InlineData("a.jsonl", """["p"]""", 1, DatasetRules.WrongType, "an array")]
    [InlineData("a.csv", "prompt,references\np,\"[1]\"\n", 2, DatasetRules.WrongType, "a number")]
    [InlineData("a.csv", "prompt,references\np,[x\n", 2, DatasetRules.MalformedJson, "begins with [")]
    [InlineData("a.jsonl", """{"prompt":"p","prompt":"q"}""", 1, DatasetRules.DuplicateField, "twice")]
    [InlineData("a.csv", "prompt,prompt\np,p\n", 1, DatasetRules.DuplicateField, "twice")]
    [InlineData("a.jsonl", """{"prompt":" \n"}""", 1, DatasetRules.EmptyText, "empty")]
    [InlineData("a.jsonl", """{"prompt":"p","id":""}""", 1, DatasetRules.EmptyText, "\"id\"")]
    [InlineData("a.jsonl", """{"prompt":"p"} {"prompt":"q"}""", 1, DatasetRules.MalformedJson, "byte 16")]
    [InlineData("a.jsonl", "{\n\"prompt\":\"p\"}", 1, DatasetRules.MalformedJson, "one whole object")]
    [InlineData("a.csv", "id,prompt\n1,a,b\n", 2, DatasetRules.MalformedCsv, "3 cells and the header 2")]
    [InlineData("a.csv", "prompt\na\"b\n", 2, DatasetRules.MalformedCsv, "quote inside")]
    [InlineData("a.csv", "prompt\n\"a\"b\n", 2, DatasetRules.MalformedCsv, "closing quote")]
    [InlineData("a.csv", "prompt\ra\r", 1, DatasetRules.MalformedCsv, "carriage return")]
    public async Task A_broken_rule_is_refused_with_line_rule_and_advice(string name, string text, long line, string rule, string words)
    {
        var refused = await Given.RefusedAsync(name, text);

        refused.Rule.ShouldBe(rule);
        refused.Line.ShouldBe(line);
        refused.Message.ShouldStartWith($"{name}, line {line}: ");
        refused.Message.ShouldContain(words);
    }

    [Theory]
    [InlineData("""[]""", DatasetRules.WrongType, "$ is an array")]
    [InlineData("""{"version":"1"}""", DatasetRules.MissingField, "$ has no \"data\"")]
    [InlineData("""{"data":{}}""", DatasetRules.WrongType, "$.data is an object")]
    [InlineData("""{"data":[3]}""", DatasetRules.WrongType, "$.data[0] is a number")]
    [InlineData("""{"data":[{"title":"t"}]}""", DatasetRules.MissingField, "$.data[0] has no \"paragraphs\"")]
    [InlineData("""{"data":[{"title":7,"paragraphs":[]}]}""", DatasetRules.WrongType, "$.data[0].title is a number")]
    [InlineData("""{"data":[{"paragraphs":[],"category":"c"}]}""", DatasetRules.WrongType, "$.data[0].category follows")]
    [InlineData("""{"data":[{"paragraphs":[{"qas":[]}]}]}""", DatasetRules.MissingField, "$.data[0].paragraphs[0] has no \"context\"")]
    [InlineData("""{"data":[{"paragraphs":[{"context":"c"}]}]}""", DatasetRules.MissingField, "$.data[0].paragraphs[0] has no \"qas\"")]
    [InlineData("""{"data":[{"paragraphs":[{"context":"c","context":"c","qas":[]}]}]}""", DatasetRules.DuplicateField, "paragraphs[0].context is given twice")]
    [InlineData("""{"data":[{"paragraphs":[{"context":"c","qas":[{"id":"1"}]}]}]}""", DatasetRules.MissingField, "qas[0] has no \"question\"")]
    [InlineData("""{"data":[{"paragraphs":[{"context":"c","qas":[{"id":"1","question":""}]}]}]}""", DatasetRules.EmptyText, "qas[0].question is empty")]
    [InlineData("""{"data":[{"paragraphs":[{"context":"c","qas":[{"id":"1","question":"q","answers":{"text":["a"]}}]}]}]}""", DatasetRules.WrongType, "qas[0].answers is an object")]
    [InlineData("""{"data":[{"paragraphs":[{"context":"c","qas":[{"id":"1","question":"q","answers":[{"answer_start":3}]}]}]}]}""", DatasetRules.MissingField, "answers[0] has no \"text\"")]
    [InlineData("""{"data":[{"paragraphs":[{"context":"c","qas":[{"id":"1","question":"q","is_impossible":"no"}]}]}]}""", DatasetRules.WrongType, "true or false")]
    [InlineData("""{"data":[]} {}""", DatasetRules.MalformedJson, "inside $")]
    public async Task A_broken_squad_rule_is_refused_with_its_path(string text, string rule, string words)
    {
        var refused = await Given.RefusedAsync("s.json", text, DatasetFormat.Squad);

        refused.Rule.ShouldBe(rule);
        refused.Message.ShouldContain(words);
    }

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "gzip")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4 }, "ZIP")]
    [InlineData(new byte[] { (byte)'P', (byte)'A', (byte)'R', (byte)'1' }, "Parquet")]
    public async Task A_file_of_another_kind_is_refused_by_its_name(byte[] bytes, string kind)
    {
        var refused = await Given.RefusedAsync("x.jsonl", bytes);

        refused.Rule.ShouldBe(DatasetRules.NotText);
        refused.Message.ShouldContain(kind);
    }

    [Fact]
    public async Task Foreign_text_in_a_message_is_short_and_without_control_characters()
    {
        var refused = await Given.RefusedAsync("x.jsonl", $$"""{"\u001b[31m{{new string('z', 5000)}}":1}""");

        refused.Message.Length.ShouldBeLessThan(300);
        refused.Message.Any(char.IsControl).ShouldBeFalse();
    }

    [Theory]
    [InlineData("x.jsonl", """{"prompt":"p","references":tru""")]
    [InlineData("x.json", """{"version":tru""")]
    public async Task A_wrong_literal_is_not_quoted_with_all_that_follows(string name, string text)
    {
        var refused = await Given.RefusedAsync(name, text + new string('x', 5000));

        refused.Rule.ShouldBe(DatasetRules.MalformedJson);
        refused.Message.ShouldContain("'truxxxxxxxxxxxxxxxxxxxx…' is an invalid JSON literal.");
        refused.Message.Length.ShouldBeLessThan(300);
    }

    [Fact]
    public async Task Garbage_of_any_kind_is_refused_or_read_but_never_crashes()
    {
        string[] seeds = [Given.Squad(2, _ => 2), "{\"id\":\"1\",\"prompt\":\"p\",\"references\":[\"r\"]}\n{\"prompt\":\"q\"}\n", "id,prompt,references\n1,\"a\"\"b\",\"[\"\"x\"\"]\"\n2,c,d\n"];
        var random = new Random(20);
        for (var round = 0; round < 6000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(seeds[round % seeds.Length]);
            for (var mutation = random.Next(1, 6); mutation > 0; mutation--)
            {
                var at = random.Next(bytes.Length);
                bytes = random.Next(4) switch
                {
                    0 => bytes[..at].Length == 0 ? bytes : bytes[..at],
                    1 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
                    2 => [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]],
                    _ => [.. bytes[..at], "{}[]\",:\\\n"u8[random.Next(9)], .. bytes[(at + 1)..]],
                };
            }

            foreach (var format in Enum.GetValues<DatasetFormat>())
            {
                try
                {
                    (await Given.ReadAsync(Given.Options("g", format), bytes, new DatasetCounts())).ShouldNotBeEmpty();
                }
                catch (DatasetException refused)
                {
                    refused.Message.ShouldEndWith(refused.Message[^1] is '?' ? "?" : ".");
                    refused.Message.Any(char.IsControl).ShouldBeFalse(refused.Message);
                    refused.Message.Length.ShouldBeLessThan(400, refused.Message);
                }
            }
        }
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        var read = 0;

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in DatasetReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Given.Squad(9, _ => 9))), Given.Options("s.json"), new DatasetCounts(), cancelled.Token))
            {
                if (++read == 5)
                {
                    await cancelled.CancelAsync();
                }
            }
        });

        read.ShouldBe(5);
    }
}
