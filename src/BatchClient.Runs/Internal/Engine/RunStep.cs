namespace BatchGateway.Runs.Internal;

/// <summary>The durable steps of a run: where a crash leaves something behind.</summary>
internal enum RunStep
{
    /// <summary>The lines become durable.</summary>
    Spool,

    /// <summary>The input is fixed.</summary>
    Seal,

    /// <summary>The token of an upload becomes durable.</summary>
    Uploading,

    /// <summary>The lines are uploaded.</summary>
    Upload,

    /// <summary>The file becomes known.</summary>
    Uploaded,

    /// <summary>The intent to create a batch becomes durable.</summary>
    Intent,

    /// <summary>The batch is created.</summary>
    Create,

    /// <summary>What became of a create whose answer is not known is looked up.</summary>
    Reconcile,

    /// <summary>The batch becomes known.</summary>
    Created,

    /// <summary>The end of the batch becomes known.</summary>
    Terminal,

    /// <summary>The results are brought in.</summary>
    Harvest,

    /// <summary>The outcomes become durable.</summary>
    Harvested,

    /// <summary>What was left on the gateway is deleted.</summary>
    Clean,

    /// <summary>That it was deleted becomes durable.</summary>
    Cleaned,

    /// <summary>The shard is given up, stops, is planned once more, or must be settled by a person.</summary>
    Settle,

    /// <summary>The run ends.</summary>
    End,

    /// <summary>A run is deleted, as far as the store knows.</summary>
    Forget,

    /// <summary>The lines and results of a deleted run are removed.</summary>
    Sweep,
}
