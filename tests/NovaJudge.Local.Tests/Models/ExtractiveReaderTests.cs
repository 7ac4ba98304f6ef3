using Microsoft.Extensions.AI;
using NovaJudge.Local.Models;

namespace NovaJudge.Local.Tests.Models;

public class ExtractiveReaderTests
{
    private const string Context =
        "The Nile flows north. Dr. J. S. Hill mapped the lakes, which feed it, in 1864! Its delta lies in Egypt. Was it known before?";

    [Theory]
    [InlineData(Context, "The Nile flows north.")]
    [InlineData("Mr. Bell met Mrs. Grant at St. Ives. They left.", "Mr. Bell met Mrs. Grant at St. Ives.")]
    [InlineData("The U.S. Army came. It left.", "The U.S. Army came.")]
    [InlineData("Pi is 3.14 or so. That is all.", "Pi is 3.14 or so.")]
    [InlineData("\"Who?\" he asked. Nobody knew.", "\"Who?\" he asked.")]
    [InlineData("A heading\n\nThe text. More.", "A heading")]
    [InlineData("No end at all", "No end at all")]
    [InlineData(" \n ", "")]
    [InlineData("", "")]
    public async Task The_first_sentence_reader_answers_with_the_first_sentence(string context, string expected)
    {
        using var reader = new FirstSentenceReader();

        var response = await AskAsync(reader, context, "Where does the Nile flow?");

        response.Text.ShouldBe(expected);
    }

    [Theory]
    [InlineData("Where does the delta lie?", "Egypt")]
    [InlineData("Who mapped the lakes?", "Dr. J. S. Hill")]
    [InlineData("When were the lakes mapped?", "1864")]
    [InlineData("What flows north?", "Nile")]
    [InlineData("Xylophone?", "Nile flows north")]
    [InlineData("", "Nile flows north")]
    public async Task The_keyword_reader_answers_with_what_the_question_lacks_in_the_sentence_that_shares_most(string question, string expected)
    {
        using var reader = new KeywordMatchReader();

        var response = await AskAsync(reader, Context, question);

        response.Text.ShouldBe(expected);
    }

    [Fact]
    public async Task A_sentence_of_the_questions_own_words_is_given_whole()
    {
        using var reader = new KeywordMatchReader();

        var response = await AskAsync(reader, "Cats sleep. Dogs bark.", "Do dogs bark?");

        response.Text.ShouldBe("Dogs bark.");
    }

    [Fact]
    public async Task An_empty_context_gets_an_empty_answer()
    {
        using var reader = new KeywordMatchReader();

        (await AskAsync(reader, "", "Who?")).Text.ShouldBe("");
    }

    [Theory]
    [InlineData("{0}\n\nQuestion: Where does the delta lie?")]
    [InlineData("Context about a Question: it is here.\n{0}\nQuestion: Where does the delta lie?\n")]
    public async Task Without_the_record_the_message_is_read(string template)
    {
        using var reader = new KeywordMatchReader();

        var response = await reader.GetResponseAsync(template.Replace("{0}", Context, StringComparison.Ordinal), cancellationToken: TestContext.Current.CancellationToken);

        response.Text.ShouldBe("Egypt");
    }

    [Fact]
    public async Task A_message_without_a_question_mark_word_is_both_context_and_question()
    {
        using var reader = new FirstSentenceReader();

        var response = await reader.GetResponseAsync("Name a river. Any will do.", cancellationToken: TestContext.Current.CancellationToken);

        response.Text.ShouldBe("Name a river.");
    }

    [Fact]
    public async Task Usage_counts_words_and_the_answer_is_complete()
    {
        using var reader = new FirstSentenceReader();

        var response = await reader.GetResponseAsync(
            [new ChatMessage(ChatRole.System, "Be brief."), new ChatMessage(ChatRole.User, $"{Context}\n\nQuestion:  Where?")],
            cancellationToken: TestContext.Current.CancellationToken);

        response.Usage!.InputTokenCount.ShouldBe(2 + 25 + 2);
        response.Usage.OutputTokenCount.ShouldBe(4);
        response.Usage.TotalTokenCount.ShouldBe(33);
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.ModelId.ShouldBe("first-sentence");
    }

    [Fact]
    public async Task Streaming_gives_the_same_answer()
    {
        using var reader = new FirstSentenceReader();

        var response = await reader.GetStreamingResponseAsync(Context, cancellationToken: TestContext.Current.CancellationToken)
            .ToChatResponseAsync(TestContext.Current.CancellationToken);

        response.Text.ShouldBe("The Nile flows north.");
        response.Usage!.OutputTokenCount.ShouldBe(4);
    }

    [Fact]
    public async Task A_cancelled_call_is_not_answered()
    {
        using var reader = new FirstSentenceReader();

        await Should.ThrowAsync<OperationCanceledException>(() => reader.GetResponseAsync("Who?", cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Its_metadata_names_the_model()
    {
        using var reader = new KeywordMatchReader();

        reader.GetService<ChatClientMetadata>()!.DefaultModelId.ShouldBe("keyword-match");
        reader.GetService<KeywordMatchReader>().ShouldBeSameAs(reader);
        reader.GetService<FirstSentenceReader>().ShouldBeNull();
    }

    [Fact]
    public async Task A_context_of_a_hundred_thousand_sentences_is_no_trouble()
    {
        using var reader = new KeywordMatchReader();
        var context = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"Line {i} is plain. ")) + "The key is under the mat.";

        var response = await AskAsync(reader, context, "Where is the key?");

        response.Text.ShouldBe("under the mat");
    }

    private static Task<ChatResponse> AskAsync(ExtractiveReader reader, string context, string question) =>
        reader.GetResponseAsync(
            [new ChatMessage(ChatRole.User, "ignored, for the record is given")],
            new ChatOptions { AdditionalProperties = new() { [ExtractiveReader.ContextProperty] = context, [ExtractiveReader.QuestionProperty] = question } },
            TestContext.Current.CancellationToken);
}
