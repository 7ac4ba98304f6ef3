using Microsoft.Extensions.AI;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Drills;

/// <summary>The models of a drill: they answer as ever, unless the drill makes one of them fail. Counts the answers, which is what a run pays for.</summary>
internal sealed class DrilledModels(IModelProvider models) : IModelProvider
{
    private int _answers;
    private int _refusals;

    /// <summary>Why a call of a model fails now; <c>null</c>: it is answered.</summary>
    public Func<ModelSettings, ModelException?> Failure { get; set; } = _ => null;

    /// <summary>Told when calls begin to fail, and when they are answered again.</summary>
    public Action<bool>? Changed { get; set; }

    /// <summary>Calls answered so far.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>Calls that failed so far.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    private bool IsFailing { get; set; }

    public ValueTask<string?> CheckAsync(ModelSettings settings, CancellationToken cancellationToken) => models.CheckAsync(settings, cancellationToken);

    public IChatClient Open(ModelSettings settings) => new Client(this, models.Open(settings), settings);

    private sealed class Client(DrilledModels owner, IChatClient model, ModelSettings settings) : DelegatingChatClient(model)
    {
        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (owner.Failure(settings) is { } failure)
            {
                Interlocked.Increment(ref owner._refusals);
                owner.Note(failing: true);
                throw failure;
            }

            if (settings.Model.ToString() == LocalDefaults.Request.ModelB!.Model)
            {
                owner.Note(failing: false);
            }

            Interlocked.Increment(ref owner._answers);
            return base.GetResponseAsync(messages, options, cancellationToken);
        }
    }

    private void Note(bool failing)
    {
        if (IsFailing != failing)
        {
            IsFailing = failing;
            Changed?.Invoke(failing);
        }
    }
}
