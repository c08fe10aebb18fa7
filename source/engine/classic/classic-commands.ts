/** What can be asked of the classic file assistant beside listening (`listener/open` with the purpose `classic`). */
export type ClassicCommand =
	/** Dials a classic receiver and sends it one file. */
	{
		readonly type: 'classic/send';
		readonly target: {readonly host: string; readonly port: number};
		readonly path: string;
	};
