using NovaJudge.Reports.Figures;

namespace NovaJudge.Reports.Tests.Figures;

public sealed class FigureLayoutTests
{
    public static TheoryData<string> Cases => [.. FigureCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_text_lies_inside_its_group(string name)
    {
        foreach (var group in Everything(name))
        {
            foreach (var text in group.Marks.OfType<TextMark>())
            {
                var where = $"{group.Id}: \"{text.Text}\"";
                text.X.ShouldBeGreaterThanOrEqualTo(group.Bounds.X, where);
                (text.X + text.Width).ShouldBeLessThanOrEqualTo(group.Bounds.Right + 0.5f, where);
                (text.Y - text.Size).ShouldBeGreaterThanOrEqualTo(group.Bounds.Y - 2, where);
                text.Y.ShouldBeLessThanOrEqualTo(group.Bounds.Bottom, where);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_two_texts_touch(string name)
    {
        foreach (var group in Everything(name))
        {
            var texts = group.Marks.OfType<TextMark>().ToArray();
            for (var one = 0; one < texts.Length; one++)
            {
                for (var other = one + 1; other < texts.Length; other++)
                {
                    Overlap(texts[one], texts[other]).ShouldBeFalse($"{group.Id}: \"{texts[one].Text}\" and \"{texts[other].Text}\"");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_text_is_smaller_than_16_pixels_and_no_number_is_cut(string name)
    {
        foreach (var text in Everything(name).SelectMany(group => group.Marks).OfType<TextMark>())
        {
            text.Size.ShouldBeGreaterThanOrEqualTo(Sketch.SmallestText, text.Text);
            System.Text.RegularExpressions.Regex.IsMatch(text.Text, @"^[\d,. ]+…$").ShouldBeFalse(text.Text);
        }
    }

    [Fact]
    public void The_panels_are_the_six_of_the_blog_post()
    {
        var groups = Figure.Compose(SampleMetrics.Typical).Groups.Select(group => group.Id);

        groups.ShouldBe(["backdrop", "header", "score-distribution", "win-rate", "preference", "comparison", "gauge", "summary", "footer"]);
    }

    [Fact]
    public void Every_panel_says_whether_it_counts_prompts_or_passes()
    {
        var panels = Figure.Compose(SampleMetrics.Typical).Groups.Where(group => group.Id is not ("backdrop" or "header" or "footer"));

        foreach (var panel in panels)
        {
            panel.Marks.OfType<TextMark>().ShouldContain(text => text.Text.Contains("prompt") || text.Text.Contains("pass"), panel.Id);
        }
    }

    [Theory]
    [InlineData("typical")]
    [InlineData("nothing scored")]
    [InlineData("hostile names")]
    public void The_texts_of_the_figure_are_the_approved_ones(string name)
    {
        var texts = Figure.Compose(FigureCases.All[name]).Groups
            .Where(group => group.Id != "backdrop")
            .Select(group => $"{group.Id}\n{string.Concat(group.Marks.OfType<TextMark>().Select(text => $"  {text.Text}\n"))}");

        Approved.ShouldMatch($"Figures/figure-{name.Replace(' ', '-')}.txt", string.Concat(texts));
    }

    [Theory]
    [InlineData(0, 10, -1)]
    [InlineData(2, 8, -1)]
    [InlineData(5, 5, 0)]
    [InlineData(8, 2, 1)]
    [InlineData(10, 0, 1)]
    public void The_needle_points_left_when_A_wins_and_right_when_B_wins(int b, int a, int side)
    {
        var gauge = Figure.Compose(SampleMetrics.Of(a, b, tie: 0)).Groups.Single(group => group.Id == "gauge");

        var needle = gauge.Marks.OfType<PathMark>().Last(mark => mark is { Round: true, Stroke: Ink.Text });
        using var path = SkiaSharp.SKPath.ParseSvgPathData(needle.Data);
        var tip = path.LastPoint.X - gauge.Bounds.CenterX;
        (Math.Abs(tip) < 1 ? 0 : Math.Sign(tip)).ShouldBe(side);
        var zero = gauge.Marks.OfType<TextMark>().Single(text => text.Text == "0%");
        var hundred = gauge.Marks.OfType<TextMark>().Single(text => text.Text == "100%");
        zero.X.ShouldBeLessThan(hundred.X);
    }

    [Theory]
    [InlineData(5, 5, "Level: 5 prompts each")]
    [InlineData(0, 0, "Level: neither won a prompt")]
    [InlineData(5, 6, "B leads by 1 prompt")]
    [InlineData(9, 6, "A leads by 3 prompts")]
    public void A_tie_is_level_and_nobody_leads_by_nothing(int a, int b, string expected)
    {
        var comparison = Figure.Compose(SampleMetrics.Of(a, b, tie: 3)).Groups.Single(group => group.Id == "comparison");

        comparison.Marks.OfType<TextMark>().Last().Text.ShouldBe(expected);
    }

    [Fact]
    public void Only_an_interval_without_one_half_takes_a_models_colour()
    {
        Ink? Fill(int a, int b) => Figure.Compose(SampleMetrics.Of(a, b, tie: 0)).Groups
            .Single(group => group.Id == "gauge").Marks.OfType<PathMark>().ElementAt(1).Fill;

        Fill(a: 3, b: 9).ShouldBe(Ink.Tie);
        Fill(a: 30, b: 90).ShouldBe(Ink.B);
        Fill(a: 90, b: 30).ShouldBe(Ink.A);
    }

    [Fact]
    public void Numbers_that_are_none_are_drawn_as_none()
    {
        var metrics = SampleMetrics.Typical with
        {
            Nova = SampleMetrics.Typical.Nova with { AScores = double.NaN, BScores = double.PositiveInfinity, Ties = -3, WinRate = double.NaN },
            Analysis = SampleMetrics.Typical.Analysis with
            {
                Score = SampleMetrics.Typical.Analysis.Score! with { Value = double.NaN },
                WinRate = SampleMetrics.Typical.Analysis.WinRate! with { Low = double.NegativeInfinity, High = double.NaN },
            },
        };

        var figure = Figure.Compose(metrics);

        figure.Groups.SelectMany(group => group.Marks).OfType<PathMark>().ShouldAllBe(path => !path.Data.Contains("NaN") && !path.Data.Contains('∞'));
        figure.Groups.SelectMany(group => group.Marks).OfType<TextMark>().ShouldAllBe(text => !text.Text.Contains("NaN") && !text.Text.Contains('∞'));
    }

    [Fact]
    public void A_panel_with_little_room_says_what_the_wide_one_says()
    {
        var figure = Figure.Compose(SampleMetrics.Typical);

        foreach (var (wide, narrow) in figure.Groups.Where(group => group.IsPanel).Zip(figure.NarrowPanels()))
        {
            narrow.Label.ShouldBe(wide.Label);
            narrow.Bounds.Width.ShouldBeLessThan(wide.Bounds.Width * 0.75f);
            var numbers = wide.Marks.OfType<TextMark>().Select(text => text.Text).Where(text => text.Any(char.IsDigit) && !wide.Label.Contains(text));
            numbers.Except(narrow.Marks.OfType<TextMark>().Select(text => text.Text)).ShouldBeEmpty(wide.Id);
            narrow.Marks.OfType<TextMark>().ShouldAllBe(text => !text.Text.Contains('…'), wide.Id);
        }
    }

    /// <summary>The groups of the figure, and its panels once more as a phone shows them.</summary>
    private static IEnumerable<MarkGroup> Everything(string name)
    {
        var figure = Figure.Compose(FigureCases.All[name]);
        return figure.Groups.Concat(figure.NarrowPanels());
    }

    private static bool Overlap(TextMark one, TextMark other) =>
        one.X < other.X + other.Width && other.X < one.X + one.Width
        && one.Y - (one.Size * 0.72f) < other.Y && other.Y - (other.Size * 0.72f) < one.Y;
}
