/** A program of one text field behind the key pump, for tests under a real pseudo-terminal. */
import {Box, Text, render} from 'ink';
import {useState} from 'react';
import {TextField} from '../../source/console/components/text-field.js';
import {createKeyPump} from '../../source/console/input/key-pump.js';

const pump = createKeyPump(process.stdin);

function Form({onQuit}: {readonly onQuit: () => void}) {
	const [value, setValue] = useState('');
	const [submitted, setSubmitted] = useState<readonly string[]>([]);
	return (
		<Box flexDirection="column" width={40} height={10}>
			<Text>ready</Text>
			<Box borderStyle="single" width={30}>
				<TextField
					isActive
					value={value}
					width={28}
					onChange={setValue}
					onSubmit={text => {
						setSubmitted([...submitted, text]);
						setValue('');
					}}
					onKey={name => {
						if (name === 'ctrl+c') onQuit();
						return name === 'ctrl+c';
					}}
				/>
			</Box>
			<Text>{`value [${value.slice(-20)}] ${value.length}`}</Text>
			<Text>{`submitted [${submitted.join('|')}]`}</Text>
		</Box>
	);
}

const app = render(
	<Form
		onQuit={() => {
			app.unmount();
			pump.close();
		}}
	/>,
	{
		stdin: pump.stdin,
		exitOnCtrlC: false,
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
	},
);
